// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Done and proven: what was checked, what it is worth, and what to take home.
PageBody {
    id: page
    readonly property var receipt: visit.receipt
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.proven.title")
    measure: 1180
    Verdict {
        Layout.fillWidth: true
        standing: "good"; size: 22
        text: Say.it("kiosk.proven.done", {name: (page.receipt.certificate || {}).holder || ""})
        detail: Say.it("kiosk.proven.card", {card: page.receipt.card || ""})
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 2 : 1
        columnSpacing: Theme.px(24)
        rowSpacing: Theme.px(18)
        Panel {
            Layout.fillWidth: true; Layout.preferredWidth: 6; Layout.alignment: Qt.AlignTop
            tone: "good"
            glyph: "tick"
            title: Say.it("kiosk.proven.checked")
            Bullets { Layout.fillWidth: true; glyph: "tick"; size: 18; lines: page.receipt.proofs || [] }
        }
        ColumnLayout {
            Layout.fillWidth: true; Layout.preferredWidth: 5; Layout.alignment: Qt.AlignTop
            spacing: Theme.px(18)
            Panel {
                Layout.fillWidth: true
                tone: "info"
                glyph: "pen"
                title: Say.it("kiosk.proven.label")
                Prose { Layout.fillWidth: true; text: Say.it("kiosk.proven.label.means"); size: 18 }
            }
            PaperPanel { Layout.fillWidth: true }
        }
    }
    Panel {
        Layout.fillWidth: true
        visible: (page.receipt.remarks || []).length > 0
        title: Say.it("kiosk.proven.remarks")
        Bullets { Layout.fillWidth: true; size: 17; lines: page.receipt.remarks || [] }
    }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; onClicked: visit.goOn() },
        ActionButton { text: Say.it("kiosk.proven.browser"); glyph: "browser"; implicitHeight: go.height; onClicked: visit.show("browser") }
    ]
}
