// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Something that happened and stops nobody.
Rectangle {
    visible: visit.notice !== ""
    implicitHeight: row.implicitHeight + Theme.px(20)
    color: Theme.colors.tint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: line.text

    RowLayout {
        id: row
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter
                  leftMargin: Theme.px(32); rightMargin: Theme.px(32) }
        spacing: Theme.px(12)
        Glyph { name: "info"; color: Theme.colors.accent; size: 26 }
        Prose { id: line; Layout.fillWidth: true; text: visit.notice === "" ? "" : Say.it("kiosk.notice." + visit.notice); size: 18; Accessible.ignored: true }
    }
}
