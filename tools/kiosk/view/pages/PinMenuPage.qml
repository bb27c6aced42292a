// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Visits of their own: another PIN, or a blocked one.
PageBody {
    id: page
    readonly property bool ready: visit.card.good === true || visit.card.known === true
    function start() { list.start() }

    title: Say.it("kiosk.pinMenu.title")
    lead: Say.it("kiosk.pinMenu.lead")
    measure: 920
    missing: list.chosen < 0 ? Say.it("kiosk.choose.missing") : !ready ? Say.it("kiosk.pinMenu.card") : ""
    CardPanel { Layout.fillWidth: true }
    ChoiceList {
        id: list
        Layout.fillWidth: true
        name: page.title
        rows: [{title: Say.it("kiosk.pinMenu.change"), lines: [Say.it("kiosk.pinMenu.change.what")]},
               {title: Say.it("kiosk.pinMenu.unblock"), lines: [Say.it("kiosk.pinMenu.unblock.what")]}]
    }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; enabled: list.chosen >= 0 && page.ready; onClicked: visit.show(list.chosen === 0 ? "changePin" : "puk") },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; onClicked: visit.back() }
    ]
}
