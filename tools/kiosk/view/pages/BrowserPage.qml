// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Does it work in a browser? Tried here, before the holder goes home.
PageBody {
    id: page
    readonly property var trial: Desk.trial
    readonly property string outcome: trial ? trial.outcome : ""
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.browser.title")
    lead: Say.it("kiosk.browser.lead")
    measure: 920
    Panel {
        Layout.fillWidth: true
        title: Say.it("kiosk.browser.how")
        glyph: "browser"
        Bullets { Layout.fillWidth: true; numbered: true; size: 20; lines: [Say.it("kiosk.browser.1"), Say.it("kiosk.browser.2"), Say.it("kiosk.browser.3")] }
        ActionButton { visible: !!page.trial && page.trial.possible; enabled: !!page.trial && !page.trial.running; glyph: "browser"; text: Say.it("kiosk.browser.open"); onClicked: page.trial.open() }
    }
    Panel {
        Layout.fillWidth: true
        visible: !!page.trial && page.trial.running
        tone: "info"
        Verdict { Layout.fillWidth: true; standing: "wait"; text: Say.it("kiosk.browser.running"); detail: Say.it("kiosk.browser.running.what") }
        ActionButton { text: Say.it("kiosk.browser.close"); onClicked: page.trial.close() }
    }
    Panel {
        Layout.fillWidth: true
        visible: page.outcome === "proven"
        tone: "good"
        Verdict { Layout.fillWidth: true; standing: "good"; text: Say.it("kiosk.browser.proven"); detail: Say.it("kiosk.browser.proven.what") }
    }
    MessageBlock { Layout.fillWidth: true; visible: !!page.trial && !!page.trial.fault.what; severity: "warning"; message: page.trial ? page.trial.fault : ({}) }
    Verdict { Layout.fillWidth: true; visible: !page.trial || !page.trial.possible; standing: "warning"; text: Say.it("kiosk.browser.impossible"); size: 18 }
    Verdict { Layout.fillWidth: true; standing: "info"; text: Say.it("kiosk.browser.home"); detail: Say.it("kiosk.browser.home.what") }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; onClicked: visit.goOn() },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; visible: visit.canGoBack; onClicked: visit.back() }
    ]
}
