// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Facts {
    property var certificate: ({})
    rows: [[Say.it("kiosk.certificate.holder"), certificate.holder], [Say.it("kiosk.certificate.id"), certificate.id],
           [Say.it("kiosk.certificate.issuer"), certificate.issuer],
           [Say.it("kiosk.certificate.valid"), certificate.until ? Say.it("kiosk.certificate.dates", {from: Say.day(certificate.from), until: Say.day(certificate.until)}) : ""],
           [Say.it("kiosk.certificate.uses"), certificate.uses || ""],
           [Say.it("kiosk.certificate.key"), certificate.key], [Say.it("kiosk.certificate.serial"), certificate.serial]]
}
