// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// Names and what they are: rows of [name, value]. An empty value leaves its row out.
Column {
    id: facts

    property var rows: []
    property real size: 19
    readonly property bool beside: width > Theme.text(430)

    spacing: Theme.px(10)
    Repeater {
        model: facts.rows.filter(row => row[1] !== undefined && row[1] !== "")
        delegate: Item {
            id: row
            required property var modelData
            width: facts.width
            implicitHeight: Math.max(name.height, value.y + value.height)
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData[0] + ": " + modelData[1]
            Prose {
                id: name
                width: facts.beside ? Theme.text(150) : parent.width
                text: row.modelData[0]; size: facts.size - 2; quiet: true
                Accessible.ignored: true
            }
            Prose {
                id: value
                x: facts.beside ? name.width + Theme.px(16) : 0
                y: facts.beside ? 0 : name.height
                width: parent.width - x
                text: row.modelData[1]; size: facts.size; strong: true
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                Accessible.ignored: true
            }
        }
    }
}
