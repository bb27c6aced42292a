// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// The reader has its own keypad and asks there.
Item {
    implicitHeight: Math.max(sign.height, said.height)
    Glyph { id: sign; name: "reader"; size: 84; color: Theme.colors.accent; stroke: 1.4 }
    Column {
        id: said
        x: sign.width + Theme.px(20)
        width: parent.width - x
        spacing: Theme.px(6)
        Prose { width: parent.width; text: Say.it("kiosk.pin.look"); size: 24; strong: true; Accessible.role: Accessible.AlertMessage }
        Prose { width: parent.width; text: Say.it("kiosk.pin.look.detail"); size: 19 }
    }
}
