// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A certificate that has ended can be put on a card, but serves only to prove what was.
PageBody {
    id: page
    readonly property var certificate: visit.question.certificate || ({})
    function start() { no.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.expired.title")
    lead: Say.it("kiosk.expired.lead", {date: Say.day(certificate.until)})
    measure: 860
    Panel {
        Layout.fillWidth: true
        tone: "warning"
        Bullets { Layout.fillWidth: true; lines: [Say.it("kiosk.expired.1"), Say.it("kiosk.expired.2"), Say.it("kiosk.expired.3")] }
    }
    Panel { Layout.fillWidth: true; CertificateFacts { Layout.fillWidth: true; certificate: page.certificate } }
    actions: [
        ActionButton { id: no; kind: "main"; text: Say.it("kiosk.expired.no"); onClicked: visit.answer(false) },
        ActionButton { kind: "danger"; text: Say.it("kiosk.expired.yes"); onClicked: visit.answer(true) }
    ]
}
