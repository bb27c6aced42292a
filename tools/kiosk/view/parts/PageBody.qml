// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The middle of a page: title, what to read, and the ways on, which stay in sight however long the rest is.
FocusScope {
    id: body

    property string title
    property string lead
    property string missing // what the main action still waits for
    property real measure: 1080
    default property alias content: column.data
    property alias actions: bar.data // the main one first: it stands at the right

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: title

    // Whatever gets the keyboard comes into sight.
    Connections {
        target: body.Window.window
        function onActiveFocusItemChanged() {
            paper.moved = false
            body.follow()
        }
    }
    function follow() {
        const item = body.Window.activeFocusItem
        for (let up = item; up && !paper.moved; up = up.parent)
            if (up === column) return body.show(item)
    }
    function show(item) {
        const margin = Theme.px(28), below = paper.most > 0 ? Theme.px(96) : margin
        const top = item.mapToItem(column, 0, 0).y + column.y
        if (top - margin < paper.contentY) paper.contentY = Math.max(0, top - margin)
        else if (top + item.height + below > paper.contentY + paper.height)
            paper.contentY = Math.max(0, Math.min(top - margin, top + item.height + below - paper.height, paper.most))
    }
    Keys.onPressed: event => {
        const page = paper.height * 0.8
        if (event.key === Qt.Key_PageDown) paper.go(page)
        else if (event.key === Qt.Key_PageUp) paper.go(-page)
        else if (event.key === Qt.Key_Down) paper.go(Theme.px(60))
        else if (event.key === Qt.Key_Up) paper.go(-Theme.px(60))
        else return
        event.accepted = true
    }

    Flickable {
        id: paper
        readonly property real most: Math.max(0, contentHeight - height)
        property bool moved: false // by a hand: what has the keyboard is no longer followed
        onMovementStarted: moved = true
        onHeightChanged: Qt.callLater(body.follow)
        onContentHeightChanged: Qt.callLater(body.follow)
        function go(by) { moved = true; contentY = Math.max(0, Math.min(most, contentY + by)) }
        anchors { left: parent.left; right: parent.right; top: parent.top; bottom: foot.visible ? foot.top : parent.bottom }
        contentHeight: column.y + column.height + Theme.px(16)
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        clip: true

        ColumnLayout {
            id: column
            x: Math.round((paper.width - width) / 2)
            y: Theme.px(24)
            width: Math.min(paper.width - 2 * Theme.px(32), Theme.px(body.measure))
            spacing: Theme.px(18)
            Title { Layout.fillWidth: true; visible: text !== ""; text: body.title }
            Prose { Layout.fillWidth: true; Layout.topMargin: -Theme.px(8); visible: text !== ""; text: body.lead; size: 20; quiet: true }
        }
    }
    Rectangle { // how far down one is
        anchors { right: parent.right; rightMargin: Theme.px(6) }
        y: paper.y + Theme.px(4) + paper.visibleArea.yPosition * (paper.height - Theme.px(8))
        width: Theme.px(8)
        height: paper.visibleArea.heightRatio * (paper.height - Theme.px(8))
        radius: width / 2
        visible: paper.most > 0
        color: Theme.colors.control
        Accessible.ignored: true
    }
    Rectangle { // what goes on below fades out
        anchors { left: paper.left; right: paper.right; bottom: paper.bottom; rightMargin: Theme.px(16) }
        height: Theme.px(80)
        visible: more.visible
        gradient: Gradient {
            GradientStop { position: 0; color: Qt.rgba(Theme.colors.page.r, Theme.colors.page.g, Theme.colors.page.b, 0) }
            GradientStop { position: 0.55; color: Theme.colors.page }
        }
        Accessible.ignored: true
    }
    ActionButton {
        id: more
        objectName: "floats" // over the text, on purpose
        anchors { horizontalCenter: parent.horizontalCenter; bottom: paper.bottom; bottomMargin: Theme.px(8) }
        visible: paper.contentY < paper.most - Theme.px(40)
        activeFocusOnTab: false // the keyboard scrolls by itself
        small: true
        size: 16
        text: Say.it("kiosk.more")
        glyph: "down"
        onClicked: paper.go(paper.height * 0.8)
    }
    Rectangle {
        id: foot
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: Math.max(bar.height, waiting.visible && !waiting.above ? waiting.height : 0)
                + (waiting.above ? waiting.height + Theme.px(8) : 0) + Theme.px(28)
        visible: bar.children.length > 0
        color: Theme.colors.surface
        Rectangle { anchors { left: parent.left; right: parent.right; top: parent.top }
        height: 1; color: Theme.colors.line }
        Prose {
            id: waiting
            readonly property bool above: visible && foot.width - Theme.px(96) - bar.natural < Theme.text(240)
            visible: text !== ""
            x: Theme.px(32)
            y: above ? Theme.px(14) : (foot.height - height) / 2
            width: above ? foot.width - Theme.px(64) : foot.width - bar.width - Theme.px(96)
            text: body.missing
            size: 17
            quiet: true
        }
        Flow {
            id: bar
            readonly property real natural: {
                let sum = 0
                for (let n = 0; n < children.length; ++n)
                    if (children[n].visible) sum += children[n].width + spacing
                return Math.max(0, sum - spacing)
            }
            anchors { right: parent.right; rightMargin: Theme.px(32); bottom: parent.bottom; bottomMargin: Theme.px(14) }
            width: Math.min(natural + 1, foot.width - Theme.px(64))
            layoutDirection: Qt.RightToLeft
            spacing: Theme.px(14)
        }
    }
}
