// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Item {
    id: box

    property string text
    property string detail
    property bool checked: false

    implicitWidth: Theme.px(400)
    implicitHeight: Math.max(Theme.mainTouch, said.implicitHeight + Theme.px(24))
    activeFocusOnTab: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: detail
    Accessible.focusable: true
    Accessible.focused: activeFocus
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onPressAction: turn()
    Accessible.onToggleAction: turn()
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter) return
        event.accepted = true
        if (!event.isAutoRepeat) turn()
    }

    function turn() { if (enabled) checked = !checked }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: box.checked ? Theme.colors.goodTint : Theme.colors.surface
        border.width: Theme.px(2)
        border.color: box.checked ? Theme.colors.good : Theme.colors.control
    }
    Rectangle {
        id: square
        anchors { left: parent.left; leftMargin: Theme.px(18); verticalCenter: parent.verticalCenter }
        width: Theme.damped(30); height: width
        radius: Theme.px(6)
        color: box.checked ? Theme.colors.good : Theme.colors.surface
        border.width: Theme.px(2)
        border.color: box.checked ? Theme.colors.good : Theme.colors.control
        Glyph {
            anchors.centerIn: parent
            visible: box.checked
            name: "tick"; stroke: 3; size: 22
            color: Theme.colors.surface
        }
    }
    Column {
        id: said
        anchors { left: square.right; right: parent.right; verticalCenter: parent.verticalCenter
                  leftMargin: Theme.px(16); rightMargin: Theme.px(18) }
        spacing: Theme.px(4)
        Prose { width: parent.width; text: box.text; size: 20; strong: true; Accessible.ignored: true }
        Prose { width: parent.width; visible: text !== ""; text: box.detail; size: 17; quiet: true; Accessible.ignored: true }
    }
    MouseArea {
        anchors.fill: parent
        cursorShape: Qt.PointingHandCursor
        onClicked: { box.forceActiveFocus(Qt.MouseFocusReason); box.turn() }
    }
    FocusRing {}
}
