// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// How the backup is made again, program by program: one open at a time.
ColumnLayout {
    id: cards
    property var recipes: []
    property string open: recipes.length === 1 ? recipes[0] : ""

    function steps(name) {
        const all = []
        for (let n = 1; n < 20; ++n) {
            const key = "recipe." + name + ".step." + n, step = Say.it(key)
            if (step === key) break
            all.push(step)
        }
        return all
    }
    spacing: Theme.px(12)
    Title { Layout.fillWidth: true; text: Say.it("recipe.heading"); size: 23 }
    Prose { Layout.fillWidth: true; text: Say.it("recipe.which"); size: 18; quiet: true }
    Repeater {
        model: cards.recipes
        delegate: ColumnLayout {
            id: one
            required property string modelData
            readonly property bool opened: cards.open === modelData
            Layout.fillWidth: true
            spacing: Theme.px(8)
            ActionButton {
                Layout.fillWidth: true
                text: Say.it("recipe." + one.modelData + ".title")
                glyph: "browser"
                trailing: one.opened ? "minus" : "down"
                hint: Say.it(one.opened ? "kiosk.phases.close" : "kiosk.phases.open")
                onClicked: cards.open = one.opened ? "" : one.modelData
            }
            Panel {
                Layout.fillWidth: true
                visible: one.opened
                Bullets { Layout.fillWidth: true; numbered: true; lines: one.opened ? cards.steps(one.modelData) : [] }
                Prose { Layout.fillWidth: true; text: Say.it("recipe." + one.modelData + ".done"); strong: true; size: 18 }
                Prose { Layout.fillWidth: true; text: Say.it("recipe." + one.modelData + ".trouble"); quiet: true; size: 17 }
            }
        }
    }
}
