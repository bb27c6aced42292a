// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// One backup, several certificates.
PageBody {
    id: page
    function start() { list.start() }
    title: Say.it("kiosk.choose.title")
    lead: Say.it("kiosk.choose.lead")
    measure: 860
    missing: list.chosen < 0 ? Say.it("kiosk.choose.missing") : ""
    ChoiceList {
        id: list
        Layout.fillWidth: true
        name: page.title
        rows: (visit.question.certificates || []).map(one => ({
            title: one.holder,
            lines: [Say.it("kiosk.choose.id", {id: one.id}), Say.it("kiosk.choose.issuer", {issuer: one.issuer}), Say.it("kiosk.choose.dates", {from: Say.day(one.from), until: Say.day(one.until)})],
            tag: one.expired ? Say.it("kiosk.choose.expired") : one.notYetValid ? Say.it("kiosk.choose.early") : "", tone: "warning"}))
    }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.choose.take"); trailing: "forward"; enabled: list.chosen >= 0; onClicked: visit.choose(list.chosen) }
}
