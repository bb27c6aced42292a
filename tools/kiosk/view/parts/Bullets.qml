// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// Sentences under one another; `numbered`: in an order that matters; `glyph`: a sign before each.
Column {
    id: bullets

    property var lines: []
    property bool numbered: false
    property real size: 19
    property string glyph: ""
    readonly property real room: glyph !== "" ? Theme.damped(size + 4) + Theme.px(12) : Theme.text(numbered ? 32 : 20)

    spacing: Theme.px(9)
    Repeater {
        model: bullets.lines
        delegate: Item {
            id: line
            required property int index
            required property string modelData
            width: bullets.width
            implicitHeight: said.height
            Accessible.role: Accessible.ListItem
            Accessible.name: (bullets.numbered ? (index + 1) + ". " : "") + said.text
            Glyph {
                visible: bullets.glyph !== ""
                y: (Theme.text(bullets.size) * 1.25 - height) / 2
                name: bullets.glyph; size: bullets.size + 4; color: Theme.colors.good; stroke: 2.6
            }
            Prose {
                visible: bullets.glyph === ""
                text: bullets.numbered ? (line.index + 1) + "." : "•"
                size: bullets.size; strong: true
                color: Theme.colors.accent
                Accessible.ignored: true
            }
            Prose { // some texts of the catalogue bring a mark of their own
                id: said
                x: bullets.room
                width: parent.width - x
                text: line.modelData.replace(/^· /, ""); size: bullets.size
                Accessible.ignored: true
            }
        }
    }
}
