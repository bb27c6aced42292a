// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Overlay {
    id: sheet
    title: Say.it("kiosk.help.title")
    glyph: "help"
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.help." + visit.page); size: 20 }
    Panel {
        Layout.fillWidth: true
        tone: "info"
        title: Say.it("kiosk.help.always")
        Bullets { Layout.fillWidth: true; size: 18; lines: [Say.it("kiosk.help.always.1"), Say.it("kiosk.help.always.2"), Say.it("kiosk.help.always.3")] }
    }
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.help.keys"); size: 17; quiet: true }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.close"); onClicked: sheet.closed() }
}
