// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Item {
    id: card

    property int number
    property string text
    property bool here: false // done in this office
    property bool open: false
    signal clicked

    implicitHeight: Math.max(Theme.px(92), column.implicitHeight + Theme.px(24))
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: Say.it("kiosk.phases.number", {number: number, name: text})
    Accessible.description: Say.it(open ? "kiosk.phases.close" : "kiosk.phases.open")
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
        color: card.open ? Theme.colors.tint : Theme.colors.surface
        border.width: Theme.px(card.open || card.here ? 3 : 1)
        border.color: card.open || card.here ? Theme.colors.accent : Theme.colors.control
    }
    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(12) }
        spacing: Theme.px(4)
        RowLayout {
            Layout.fillWidth: true
            Prose { Layout.fillWidth: true; text: card.number; size: 20; strong: true; color: Theme.colors.accent; Accessible.ignored: true }
            Glyph { name: card.here ? "card" : "info"; size: 22; color: Theme.colors.accent }
        }
        Prose { Layout.fillWidth: true; text: card.text; size: 16; strong: true; Accessible.ignored: true }
    }
    MouseArea { anchors.fill: parent; cursorShape: Qt.PointingHandCursor; onClicked: { card.forceActiveFocus(Qt.MouseFocusReason); card.clicked() } }
    FocusRing {}
}
