// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Three secrets that people mix up, side by side; the one that is asked for here is marked, in words as well.
ColumnLayout {
    id: secrets
    property int wanted: 1 // 0 browser, 1 backup, 2 card

    spacing: Theme.px(12)
    Title { Layout.fillWidth: true; text: Say.it("kiosk.secrets.title"); size: 23 }
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 3 : 1
        columnSpacing: Theme.px(12)
        rowSpacing: Theme.px(12)
        Repeater {
            model: [["browser", "browser"], ["backup", "file"], ["card", "card"]]
            delegate: Panel {
                id: one
                required property int index
                required property var modelData
                readonly property bool asked: index === secrets.wanted
                Layout.fillWidth: true
                Layout.preferredWidth: 1
                Layout.fillHeight: true
                tone: asked ? "good" : ""
                inset: Theme.px(18)
                glyph: modelData[1]
                title: Say.it("kiosk.secrets." + modelData[0])
                Prose { Layout.fillWidth: true; text: Say.it("kiosk.secrets." + one.modelData[0] + ".what"); size: 17 }
                Verdict { Layout.fillWidth: true; standing: one.asked ? "good" : "bad"; text: Say.it(one.asked ? "kiosk.secrets.this" : "kiosk.secrets.other"); size: 17 }
            }
        }
    }
}
