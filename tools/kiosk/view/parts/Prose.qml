// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// A sentence. Plain text always: much of it comes from cards and sticks.
Text {
    property real size: 19
    property bool strong: false
    property bool quiet: false

    color: quiet ? Theme.colors.muted : Theme.colors.text
    font.family: Theme.family
    font.pixelSize: Theme.text(size)
    font.weight: strong ? Font.DemiBold : Font.Normal
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: 1.2
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""
}
