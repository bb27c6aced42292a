// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Overlay {
    id: sheet
    readonly property string code: String(visit.trouble.code || (visit.card.fault || {}).code || "")
    readonly property string card: (visit.sheet.notes || []).join(" ")
    title: Say.it("kiosk.support.title")
    glyph: "tools"
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.support.lead"); size: 20 }
    Facts {
        Layout.fillWidth: true
        rows: [[Say.it("kiosk.support.code"), sheet.code],
               [Say.it("kiosk.support.card"), sheet.card],
               [Say.it("kiosk.support.where"), Office.support || Office.mail],
               [Say.it("kiosk.contact.phone"), Office.phone]]
    }
    IncidentPanel { Layout.fillWidth: true }
    Prose { Layout.fillWidth: true; visible: Office.support === "" && !Office.reachable; text: Say.it("kiosk.support.nobody"); size: 18 }
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.support.never"); size: 18; strong: true }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.close"); onClicked: sheet.closed() }
}
