// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// A sign beside words that say the same: nothing for a screen reader.
GlyphItem {
    property real size: 24

    implicitWidth: Theme.damped(size)
    implicitHeight: implicitWidth
    color: Theme.colors.text
    Accessible.ignored: true
}
