// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// Around whatever has the keyboard.
Rectangle {
    property Item around: parent
    property real corner: Theme.radius

    anchors.fill: around
    anchors.margins: -Theme.px(4)
    radius: corner + Theme.px(4)
    color: "transparent"
    border.width: Theme.px(3)
    border.color: Theme.colors.focus
    visible: around.activeFocus
}
