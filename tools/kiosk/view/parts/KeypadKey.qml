// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// One key of the keypad. It looks the same while it is pressed: whoever watches the screen learns nothing.
Item {
    id: key

    property string text
    property string glyph
    property string name: text
    signal clicked

    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.focusable: true
    Accessible.onPressAction: clicked()
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter) return
        event.accepted = true
        clicked()
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: key.glyph === "" ? Theme.colors.surface : Theme.colors.raised
        border.width: Theme.px(2)
        border.color: Theme.colors.control
    }
    Text {
        anchors.centerIn: parent
        visible: key.glyph === ""
        text: key.text
        color: Theme.colors.text
        font { family: Theme.family; pixelSize: Theme.damped(28); weight: Font.DemiBold }
        Accessible.ignored: true
    }
    Glyph { anchors.centerIn: parent; visible: key.glyph !== ""; name: key.glyph; size: 28; color: Theme.colors.accent }
    MouseArea { anchors.fill: parent; cursorShape: Qt.PointingHandCursor; onClicked: key.clicked() }
    FocusRing {}
}
