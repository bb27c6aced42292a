// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The password of the backup: typed by the holder, seen by nobody else.
PageBody {
    id: page
    readonly property bool wrong: (visit.question.wrongBefore || 0) > 0
    function start() { entry.start() }
    function give() { if (!entry.field.empty) visit.giveSecret(entry.field) }

    title: Say.it("kiosk.password.title")
    lead: wrong ? "" : Say.it("kiosk.password.lead")
    measure: 920
    missing: entry.field.empty ? Say.it("kiosk.password.missing") : ""
    Panel {
        Layout.fillWidth: true
        visible: page.wrong
        tone: "warning"
        Verdict {
            Layout.fillWidth: true
            standing: "warning"
            text: Say.it("kiosk.password.wrong")
            detail: Say.it("kiosk.password.wrong.detail")
            Accessible.role: Accessible.AlertMessage
        }
    }
    Panel {
        Layout.fillWidth: true
        glyph: "person"
        title: Say.it("kiosk.holder")
        SecretEntry {
            id: entry
            Layout.fillWidth: true
            label: Say.it("kiosk.password.label")
            hint: Say.it("kiosk.password.hint")
            canShow: true
            onAccepted: page.give()
        }
    }
    ThreeSecrets { Layout.fillWidth: true; visible: page.wrong; wanted: 1 }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.password.open"); trailing: "forward"; enabled: !entry.field.empty; onClicked: page.give() }
}
