// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// How something stands: a sign and words that say the same. standing: see Mark.
Item {
    id: verdict

    property string standing: "none"
    property string text
    property string detail
    property real size: 20

    implicitWidth: Theme.px(300)
    implicitHeight: Math.max(mark.height, said.y + said.height + (more.visible ? more.height + Theme.px(2) : 0))
    Accessible.role: Accessible.StaticText
    Accessible.name: text + (detail === "" ? "" : ". " + detail)

    Mark { id: mark; standing: verdict.standing }
    Prose {
        id: said
        x: mark.width + Theme.px(12)
        y: Math.max(0, (mark.height - Theme.text(verdict.size) * 1.25) / 2)
        width: parent.width - x
        text: verdict.text; size: verdict.size; strong: true
        Accessible.ignored: true
    }
    Prose {
        id: more
        x: said.x
        y: said.y + said.height + Theme.px(2)
        width: said.width
        visible: text !== ""
        text: verdict.detail; size: 17; quiet: true
        Accessible.ignored: true
    }
}
