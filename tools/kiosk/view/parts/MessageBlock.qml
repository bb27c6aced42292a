// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What happened, what it means, what to do now, code: an error as the catalogue words it.
Panel {
    id: block

    property var message: ({})
    property string severity: "bad"
    property bool brief: false // inside another page

    tone: severity
    spacing: Theme.px(brief ? 6 : 14)
    Verdict {
        Layout.fillWidth: true
        standing: block.severity
        text: block.message.what || ""
        size: block.brief ? 19 : 24
    }
    Prose { Layout.fillWidth: true; visible: text !== ""; text: block.message.means || ""; size: block.brief ? 17 : 20 }
    Prose {
        Layout.fillWidth: true
        visible: !block.brief && action.visible
        text: Say.it("kiosk.message.now"); size: 17; strong: true; quiet: true
    }
    Prose { id: action; Layout.fillWidth: true; visible: text !== ""; text: block.message.action || ""; size: block.brief ? 17 : 21; strong: true }
    Prose {
        Layout.fillWidth: true
        visible: !!block.message.code
        text: Say.it("kiosk.message.code", {code: block.message.code || ""}); size: 16; quiet: true
    }
}
