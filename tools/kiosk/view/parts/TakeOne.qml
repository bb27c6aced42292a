// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

Panel {
    id: one
    property string what: "card"
    property bool taken: false

    tone: taken ? "good" : "warning"
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.px(20)
        Glyph { name: one.what; size: 72; stroke: 1.4; color: one.ink }
        Verdict {
            Layout.fillWidth: true
            standing: one.taken ? "good" : "warning"
            text: Say.it("kiosk.takeBack." + one.what + (one.taken ? ".out" : ".in"))
            detail: one.taken ? "" : Say.it("kiosk.takeBack." + one.what + ".how")
            size: 21
            Accessible.role: Accessible.AlertMessage
        }
    }
}
