// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A card of paper. tone: "", "good", "warning", "bad", "info".
Rectangle {
    id: panel

    property string tone
    property string title
    property string glyph
    property real inset: Theme.px(22)
    property alias spacing: column.spacing
    default property alias content: column.data

    readonly property color ink: tone === "good" ? Theme.colors.good : tone === "warning" ? Theme.colors.warning
                               : tone === "bad" ? Theme.colors.bad : Theme.colors.accent

    implicitWidth: Theme.px(300)
    implicitHeight: column.implicitHeight + 2 * inset
    radius: Theme.px(14)
    color: tone === "good" ? Theme.colors.goodTint : tone === "warning" ? Theme.colors.warningTint
         : tone === "bad" ? Theme.colors.badTint : tone === "info" ? Theme.colors.tint : Theme.colors.surface
    border.width: Theme.highContrast || tone !== "" ? Theme.px(2) : 1
    border.color: tone === "" ? Theme.colors.line : ink
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; top: parent.top; margins: panel.inset }
        spacing: Theme.px(12)
        Item {
            visible: panel.title !== ""
            Layout.fillWidth: true
            implicitHeight: Math.max(sign.visible ? sign.height : 0, heading.height)
            Glyph {
                id: sign
                visible: panel.glyph !== ""
                name: panel.glyph
                color: panel.ink
                size: 30
            }
            Title {
                id: heading
                x: sign.visible ? sign.width + Theme.px(12) : 0
                width: parent.width - x
                text: panel.title; size: 23
            }
        }
    }
}
