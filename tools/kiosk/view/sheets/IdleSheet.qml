// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Nobody has touched anything for a while. Any touch ends this.
Overlay {
    title: Say.it("kiosk.idleness.title")
    glyph: "clock"
    closes: true
    onClosed: idleTime.touch()
    Text {
        Layout.alignment: Qt.AlignHCenter
        text: idleTime.secondsLeft
        color: Theme.colors.accent
        font { family: Theme.family; pixelSize: Theme.damped(96); weight: Font.Bold }
        Accessible.role: Accessible.StaticText
        Accessible.name: Say.it("kiosk.idleness.left", {seconds: idleTime.secondsLeft})
    }
    Prose { Layout.fillWidth: true; horizontalAlignment: Text.AlignHCenter; text: Say.it("kiosk.idleness.left", {seconds: idleTime.secondsLeft}); size: 21; strong: true; Accessible.ignored: true }
    Prose { Layout.fillWidth: true; horizontalAlignment: Text.AlignHCenter; text: Say.it("kiosk.idleness.why"); size: 19; quiet: true }
    actions: ActionButton { kind: "main"; glyph: "tick"; text: Say.it("kiosk.idleness.stay"); onClicked: idleTime.touch() }
}
