// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A code for the telephone, and the same to read or type.
GridLayout {
    id: panel

    property string code
    property string caption
    property real side: 150
    property bool address: true // shown under the caption as well

    columns: width > Theme.px(side) + Theme.text(220) ? 2 : 1
    columnSpacing: Theme.px(18)
    rowSpacing: Theme.px(10)
    QrItem {
        implicitWidth: Theme.px(panel.side); implicitHeight: implicitWidth
        text: panel.code
        Accessible.role: Accessible.Graphic
        Accessible.name: Say.it("kiosk.qr.name", {what: panel.caption})
        Accessible.description: panel.code
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.px(6)
        Prose { Layout.fillWidth: true; text: panel.caption; size: 18; strong: true }
        Prose {
            Layout.fillWidth: true; visible: panel.address; text: panel.code; size: 16; quiet: true
            wrapMode: Text.WrapAnywhere
        }
    }
}
