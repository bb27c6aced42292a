// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// This card, or this backup, cannot: its sheet, with what to do instead.
PageBody {
    id: page
    readonly property var sheet: visit.sheet
    readonly property bool family: !!sheet.heading
    readonly property bool card: family || visit.card.good === false
    readonly property var bad: visit.backups.filter(backup => !backup.usable && backup.fault)
    readonly property var recipes: {
        const all = []
        for (const backup of bad) for (const recipe of backup.recipes || []) if (!all.includes(recipe)) all.push(recipe)
        return all
    }
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: family ? sheet.heading : Say.it(card ? "kiosk.refusal.card" : "kiosk.refusal.backup")
    lead: family ? sheet.title || "" : ""
    measure: 920
    Repeater {
        model: page.family ? page.sheet.lead || [] : []
        delegate: Prose { required property string modelData; Layout.fillWidth: true; text: modelData; size: 20 }
    }
    Panel {
        Layout.fillWidth: true
        visible: page.family && (page.sheet.steps || []).length > 0
        tone: "info"
        title: Say.it("kiosk.message.now")
        Bullets { Layout.fillWidth: true; numbered: true; size: 20; lines: page.sheet.steps || [] }
    }
    Prose { Layout.fillWidth: true; visible: text !== ""; text: page.family ? page.sheet.done || "" : "" }
    Prose { Layout.fillWidth: true; visible: text !== ""; text: page.family ? page.sheet.trouble || "" : ""; quiet: true }
    Repeater {
        model: page.family ? page.sheet.notes || [] : []
        delegate: Prose { required property string modelData; Layout.fillWidth: true; text: modelData; size: 16; quiet: true; wrapMode: Text.WrapAtWordBoundaryOrAnywhere }
    }
    MessageBlock { Layout.fillWidth: true; visible: !page.family && page.card; message: visit.card.fault || ({}) }
    Repeater {
        model: page.card ? [] : page.bad
        delegate: MessageBlock { required property var modelData; Layout.fillWidth: true; message: modelData.fault }
    }
    Verdict { Layout.fillWidth: true; visible: !page.card; standing: "info"; text: Say.it("kiosk.refusal.key"); detail: Say.it("kiosk.refusal.bring"); size: 19 }
    RecipeCards { Layout.fillWidth: true; visible: !page.card && recipes.length > 0; recipes: page.recipes }
    Verdict { Layout.fillWidth: true; standing: "good"; text: Say.it("kiosk.refusal.nothing"); size: 18 }
    PaperPanel { Layout.fillWidth: true; title: Say.it("kiosk.refusal.paper") }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it(page.card ? "kiosk.refusal.otherCard" : "kiosk.refusal.otherBackup"); onClicked: visit.back() },
        ActionButton { text: Say.it("kiosk.trouble.end"); glyph: "leave"; implicitHeight: go.height; onClicked: visit.leave() }
    ]
}
