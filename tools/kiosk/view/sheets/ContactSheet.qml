// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Overlay {
    id: sheet
    title: Say.it("kiosk.contact.title")
    glyph: "mail"
    Facts {
        Layout.fillWidth: true
        size: 20
        rows: [[Say.it("kiosk.contact.office"), Office.name], [Say.it("kiosk.contact.place"), Office.place],
               [Say.it("kiosk.contact.hours"), Office.hours], [Say.it("kiosk.contact.phone"), Office.phone],
               [Say.it("kiosk.contact.mail"), Office.mail], [Say.it("kiosk.contact.appointment"), Office.appointment],
               [Say.it("kiosk.contact.web"), Office.web]]
    }
    Prose { Layout.fillWidth: true; visible: !Office.reachable; text: Say.it("kiosk.contact.nobody"); size: 18 }
    QrPanel {
        Layout.fillWidth: true
        visible: Office.mail !== ""
        code: "mailto:" + Office.mail
        caption: Say.it("kiosk.contact.qr")
        address: false
    }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.close"); onClicked: sheet.closed() }
}
