// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Text {
    property real size: 34

    color: Theme.colors.text
    font.family: Theme.family
    font.pixelSize: Math.max(Theme.damped(size), Theme.text(Math.min(size, 21)))
    font.weight: Font.Bold
    font.letterSpacing: -0.3
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
