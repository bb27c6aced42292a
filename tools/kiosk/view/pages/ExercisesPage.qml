// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Practice: which card and stick to try, and what should come of it.
PageBody {
    id: page
    readonly property var given: Desk.exercise ? Desk.exercise.exercises : []
    function start() { list.start() }

    title: Say.it("kiosk.exercises.title")
    lead: Say.it("kiosk.exercises.lead")
    measure: 920
    missing: list.chosen < 0 ? Say.it("kiosk.choose.missing") : ""
    ChoiceList {
        id: list
        Layout.fillWidth: true
        name: page.title
        rows: page.given.map((one, n) => ({title: (n + 1) + ". " + one.title, lines: [one.story]}))
        chosen: Desk.exercise ? Desk.exercise.exercise : -1
    }
    actions: [
        ActionButton {
            id: go
            kind: "main"; text: Say.it("kiosk.exercises.begin"); trailing: "forward"
            enabled: list.chosen >= 0
            onClicked: { Desk.exercise.choose(list.chosen); visit.begin() }
        },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; onClicked: visit.back() }
    ]
}
