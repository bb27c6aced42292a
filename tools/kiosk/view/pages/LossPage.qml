// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What the card would lose: the object by its name, and what follows. Never in passing.
PageBody {
    id: page
    readonly property var lost: visit.question.lost || ({})
    function start() { no.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.loss.title")
    lead: Say.it("kiosk.loss.lead")
    measure: 920
    missing: sure.checked ? "" : Say.it("kiosk.loss.missing")
    Panel {
        Layout.fillWidth: true
        tone: "bad"
        glyph: "warning"
        title: Say.it(page.lost.holder ? (visit.question.lostKey ? "kiosk.loss.both" : "kiosk.loss.certificate") : "kiosk.loss.key")
        CertificateFacts { Layout.fillWidth: true; visible: !!page.lost.holder; certificate: page.lost }
        Prose { Layout.fillWidth: true; text: Say.it(visit.question.lostKey ? "kiosk.loss.consequence" : "kiosk.loss.consequence.certificate"); strong: true }
        Prose { Layout.fillWidth: true; text: Say.it("kiosk.loss.order"); size: 18 }
    }
    TickBox { id: sure; Layout.fillWidth: true; text: Say.it("kiosk.loss.sure"); detail: Say.it("kiosk.loss.sure.detail") }
    actions: [
        ActionButton { id: no; kind: "main"; text: Say.it("kiosk.loss.no"); onClicked: visit.answer(false) },
        ActionButton { kind: "danger"; text: Say.it("kiosk.loss.yes"); enabled: sure.checked; onClicked: visit.answer(true) }
    ]
}
