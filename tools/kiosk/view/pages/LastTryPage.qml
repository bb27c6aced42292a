// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// One try left: it is spent only with a person's yes.
PageBody {
    id: page
    function start() { no.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.lastTry.title")
    lead: Say.it("kiosk.lastTry.lead")
    measure: 860
    Panel {
        Layout.fillWidth: true
        tone: "bad"
        Verdict { Layout.fillWidth: true; standing: "warning"; text: Say.it("kiosk.tries.one"); detail: Say.it("kiosk.lastTry.detail") }
        Bullets { Layout.fillWidth: true; lines: [Say.it("kiosk.lastTry.1"), Say.it("kiosk.lastTry.2")] }
    }
    actions: [
        ActionButton { id: no; kind: "main"; text: Say.it("kiosk.lastTry.no"); onClicked: visit.answer(false) },
        ActionButton { kind: "danger"; text: Say.it("kiosk.lastTry.yes"); onClicked: visit.answer(true) }
    ]
}
