// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// "Really leave?": says what would be lost.
Overlay {
    title: Say.it("kiosk.leave.title")
    glyph: "leave"
    onClosed: visit.stay()
    Prose { Layout.fillWidth: true; text: Say.it(visit.page === "progress" ? "kiosk.leave.writing" : "kiosk.leave.lost"); size: 21 }
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.leave.kept"); size: 19; quiet: true }
    actions: [
        ActionButton { kind: "main"; text: Say.it("kiosk.leave.stay"); onClicked: visit.stay() },
        ActionButton { kind: "danger"; text: Say.it("kiosk.leave.go"); onClicked: visit.leaveNow() }
    ]
}
