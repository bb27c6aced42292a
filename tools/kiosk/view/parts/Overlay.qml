// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A sheet over the page, which waits behind it.
FocusScope {
    id: overlay

    property string title
    property string glyph
    property bool open: false
    property bool closes: true // Esc and the cross close it
    property real measure: 760
    default property alias content: column.data
    property alias actions: bar.data
    signal closed

    anchors.fill: parent
    visible: open
    enabled: open
    focus: open
    onOpenChanged: if (open) { forceActiveFocus(); paper.contentY = 0; start() }
    Accessible.role: Accessible.Dialog
    Accessible.name: title
    Keys.onEscapePressed: if (closes) closed()

    function start() {
        const first = bar.children.length > 0 ? bar.children[0] : null
        if (first) first.forceActiveFocus(Qt.TabFocusReason)
    }

    Rectangle { anchors.fill: parent; color: Theme.colors.scrim }
    MouseArea { anchors.fill: parent; hoverEnabled: true; acceptedButtons: Qt.AllButtons; onWheel: wheel => wheel.accepted = true }
    Rectangle {
        id: sheet
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.px(48), Theme.px(overlay.measure) * (1 + (Theme.scale - 1) * 0.5))
        height: Math.min(parent.height - Theme.px(48), head.height + column.height + bar.height + Theme.px(92))
        radius: Theme.px(16)
        color: Theme.colors.surface
        border.width: Theme.highContrast ? Theme.px(3) : 0
        border.color: Theme.colors.line

        RowLayout {
            id: head
            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.px(28) }
            spacing: Theme.px(14)
            Glyph { visible: overlay.glyph !== ""; name: overlay.glyph; size: 34; color: Theme.colors.accent; Layout.alignment: Qt.AlignTop }
            Title { Layout.fillWidth: true; text: overlay.title; size: 27 }
        }
        Flickable {
            id: paper
            anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: bar.top
                      leftMargin: Theme.px(28); rightMargin: Theme.px(28); topMargin: Theme.px(14); bottomMargin: Theme.px(14) }
            contentHeight: column.height
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            ColumnLayout {
                id: column
                width: paper.width - Theme.px(10)
                spacing: Theme.px(14)
            }
        }
        Rectangle {
            anchors { right: paper.right; rightMargin: -Theme.px(14) }
            y: paper.y + paper.visibleArea.yPosition * paper.height
            width: Theme.px(8); radius: width / 2
            height: paper.visibleArea.heightRatio * paper.height
            visible: paper.contentHeight > paper.height + 1
            color: Theme.colors.control
            Accessible.ignored: true
        }
        Flow {
            id: bar
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: Theme.px(28) }
            layoutDirection: Qt.RightToLeft
            spacing: Theme.px(14)
        }
    }
    Keys.onPressed: event => {
        const most = Math.max(0, paper.contentHeight - paper.height)
        const by = ({[Qt.Key_PageDown]: 0.8, [Qt.Key_PageUp]: -0.8, [Qt.Key_Down]: 0.15, [Qt.Key_Up]: -0.15})[event.key]
        if (by === undefined) return
        event.accepted = true
        paper.contentY = Math.max(0, Math.min(most, paper.contentY + by * paper.height))
    }
}
