// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// How many tries are left, in words and as dots.
Item {
    id: tries
    property var remaining
    readonly property bool known: remaining !== undefined && remaining !== null

    visible: known
    implicitHeight: said.height
    Accessible.role: Accessible.StaticText
    Accessible.name: said.text
    Row {
        id: dots
        spacing: Theme.px(7)
        y: (Theme.text(18) * 1.25 - height) / 2
        Repeater {
            model: tries.known ? Math.min(8, tries.remaining) : 0
            delegate: Rectangle { width: Theme.px(14); height: width; radius: width / 2; color: tries.remaining > 1 ? Theme.colors.good : Theme.colors.bad }
        }
    }
    Prose {
        id: said
        x: dots.width + Theme.px(12)
        width: parent.width - x
        text: !tries.known ? "" : tries.remaining === 1 ? Say.it("kiosk.tries.one") : Say.it("kiosk.tries", {count: tries.remaining})
        size: 18; strong: true
        Accessible.ignored: true
    }
}
