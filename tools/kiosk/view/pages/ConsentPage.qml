// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// One sentence, one tick, by the holder.
PageBody {
    id: page
    readonly property var certificate: visit.question.certificate || ({})
    function start() { yes.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.consent.title")
    lead: Say.it("kiosk.consent.lead")
    measure: 860
    missing: yes.checked ? "" : Say.it("kiosk.consent.missing")
    Panel {
        Layout.fillWidth: true
        glyph: "person"
        title: Say.it("kiosk.holder")
        Prose { Layout.fillWidth: true; visible: text !== ""; text: page.certificate.holder || ""; size: 22; strong: true }
        TickBox { id: yes; Layout.fillWidth: true; text: Say.it("kiosk.consent.sentence") }
    }
    Bullets {
        Layout.fillWidth: true
        size: 18
        lines: [Say.it("kiosk.consent.1"), Say.it("kiosk.consent.2"), Say.it("kiosk.consent.3")]
    }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.consent.go"); trailing: "forward"; enabled: yes.checked; onClicked: visit.agree() },
        ActionButton { text: Say.it("kiosk.consent.no"); implicitHeight: go.height; onClicked: visit.leave() }
    ]
}
