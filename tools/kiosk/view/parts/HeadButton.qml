// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Item {
    id: button

    property string text
    property string hint
    property string glyph
    property bool checked: false
    signal clicked

    implicitWidth: Math.max(Theme.touch, row.implicitWidth + Theme.px(24))
    implicitHeight: Math.max(Theme.touch, row.implicitHeight + Theme.px(14))
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint
    Accessible.focusable: true
    Accessible.focused: activeFocus
    Accessible.onPressAction: clicked()
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter) return
        event.accepted = true
        if (!event.isAutoRepeat) clicked()
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.colors.header
        border.width: Theme.px(button.checked ? 3 : 1)
        border.color: Theme.colors.headerInk
        opacity: touch.pressed ? 0.7 : 1
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(8)
        Glyph { anchors.verticalCenter: parent.verticalCenter; name: button.glyph; size: 22; color: Theme.colors.headerInk }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            visible: Theme.roomy || button.glyph === "globe"
            text: button.text
            color: Theme.colors.headerInk
            font { family: Theme.family; pixelSize: Theme.damped(16); weight: Font.DemiBold }
            Accessible.ignored: true
        }
    }
    MouseArea {
        id: touch
        anchors.fill: parent
        cursorShape: Qt.PointingHandCursor
        onClicked: { button.forceActiveFocus(Qt.MouseFocusReason); button.clicked() }
    }
    FocusRing {}
}
