// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Is everything there that a visit needs? What is not, with how it is put right.
PageBody {
    id: page
    readonly property var checks: Desk.check ? Desk.check.checks : []
    readonly property int faults: checks.filter(check => check.state === "bad").length
    readonly property bool busy: checks.length === 0 || Desk.check.busy
    function start() { again.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.preflight.title")
    lead: busy ? Say.it("kiosk.preflight.busy") : faults === 0 ? Say.it("kiosk.preflight.good") : Say.it("kiosk.preflight.bad", {count: faults})
    measure: 920
    Repeater {
        model: page.checks
        delegate: Panel {
            id: check
            required property var modelData
            Layout.fillWidth: true
            inset: Theme.px(16)
            tone: modelData.state === "bad" ? "bad" : modelData.state === "warning" ? "warning" : ""
            Verdict { Layout.fillWidth: true; standing: check.modelData.state; text: check.modelData.name; detail: check.modelData.says || "" }
            Prose {
                Layout.fillWidth: true; Layout.leftMargin: Theme.damped(46)
                visible: text !== ""; text: check.modelData.repair || ""; size: 18; strong: true
            }
        }
    }
    actions: [
        ActionButton { id: again; kind: "main"; text: Say.it("kiosk.preflight.again"); enabled: !page.busy; onClicked: Desk.check.run() },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: again.height; onClicked: visit.back() }
    ]
}
