// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// One of several, each a card: rows {title, lines, tag, tone, off}. `chosen`: its index, -1 for none.
ColumnLayout {
    id: list

    property var rows: []
    property int chosen: -1
    property string name

    function start() {
        const first = choices.itemAt(0)
        if (first) first.forceActiveFocus(Qt.TabFocusReason)
    }

    spacing: Theme.px(12)
    Accessible.role: Accessible.List
    Accessible.name: name

    Repeater {
        id: choices
        model: list.rows
        delegate: Item {
            id: row
            required property int index
            required property var modelData
            readonly property bool picked: index === list.chosen

            Layout.fillWidth: true
            implicitHeight: Math.max(Theme.mainTouch, said.implicitHeight + Theme.px(32))
            enabled: !modelData.off
            activeFocusOnTab: true
            Accessible.role: Accessible.RadioButton
            Accessible.name: modelData.title
            Accessible.description: (modelData.lines || []).join(". ") + (modelData.tag ? ". " + modelData.tag : "")
            Accessible.focusable: true
            Accessible.focused: activeFocus
            Accessible.checkable: true
            Accessible.checked: picked
            Accessible.onPressAction: pick()
            Keys.onPressed: event => {
                if (event.key === Qt.Key_Space || event.key === Qt.Key_Return || event.key === Qt.Key_Enter) pick()
                else if (event.key === Qt.Key_Down) nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                else if (event.key === Qt.Key_Up) nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                else return
                event.accepted = true
            }

            function pick() { if (enabled) list.chosen = index }

            Rectangle {
                anchors.fill: parent
                radius: Theme.px(14)
                color: row.modelData.off ? Theme.colors.raised : row.picked ? Theme.colors.tint : Theme.colors.surface
                border.width: row.picked ? Theme.px(3) : Theme.px(2)
                border.color: row.picked ? Theme.colors.accent : row.modelData.off ? Theme.colors.line : Theme.colors.control
            }
            Rectangle {
                id: dot
                anchors { left: parent.left; leftMargin: Theme.px(20); verticalCenter: parent.verticalCenter }
                width: Theme.damped(28); height: width; radius: width / 2
                color: "transparent"
                border.width: row.modelData.off ? 0 : Theme.px(2)
                border.color: row.picked ? Theme.colors.accent : Theme.colors.control
                Glyph { anchors.centerIn: parent; visible: row.modelData.off === true; name: "cross"; size: 22; color: Theme.colors.bad; stroke: 2.6 }
                Rectangle {
                    anchors.centerIn: parent
                    visible: row.picked
                    width: parent.width / 2; height: width; radius: width / 2
                    color: Theme.colors.accent
                }
            }
            ColumnLayout {
                id: said
                anchors { left: dot.right; right: parent.right; verticalCenter: parent.verticalCenter
                          leftMargin: Theme.px(18); rightMargin: Theme.px(20) }
                spacing: Theme.px(4)
                Prose { Layout.fillWidth: true; text: row.modelData.title; size: 20; strong: true; Accessible.ignored: true }
                Repeater {
                    model: row.modelData.lines || []
                    delegate: Prose { required property string modelData; Layout.fillWidth: true; text: modelData; size: 17; quiet: true; Accessible.ignored: true }
                }
                Prose {
                    Layout.fillWidth: true; visible: text !== ""; text: row.modelData.tag || ""; size: 17; strong: true
                    color: row.modelData.off ? Theme.colors.bad : row.modelData.tone === "warning" ? Theme.colors.warning : Theme.colors.good
                    Accessible.ignored: true
                }
            }
            MouseArea {
                anchors.fill: parent
                cursorShape: Qt.PointingHandCursor
                onClicked: { row.forceActiveFocus(Qt.MouseFocusReason); row.pick() }
            }
            FocusRing { corner: Theme.px(14) }
        }
    }
}
