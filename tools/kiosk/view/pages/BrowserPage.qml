// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Does it work in a browser? Tried here, before the holder goes home.
PageBody {
    id: page
    readonly property var test: visit.browserTest === undefined ? ({}) : visit.browserTest
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.browser.title")
    lead: Say.it("kiosk.browser.lead")
    measure: 920
    Panel {
        Layout.fillWidth: true
        title: Say.it("kiosk.browser.how")
        glyph: "browser"
        Bullets { Layout.fillWidth: true; numbered: true; size: 20; lines: [Say.it("kiosk.browser.1"), Say.it("kiosk.browser.2"), Say.it("kiosk.browser.3")] }
        ActionButton { visible: page.test.possible === true; glyph: "browser"; text: Say.it("kiosk.browser.open"); onClicked: visit.show("tryBrowser") }
    }
    Panel {
        Layout.fillWidth: true
        visible: !!page.test.words
        tone: page.test.state === "good" ? "good" : page.test.state === "bad" ? "warning" : "info"
        Verdict { Layout.fillWidth: true; standing: page.test.state || "info"; text: page.test.words || ""; detail: page.test.detail || "" }
    }
    Verdict { Layout.fillWidth: true; standing: "info"; text: Say.it("kiosk.browser.home"); detail: Say.it("kiosk.browser.home.what") }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; onClicked: visit.goOn() },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; visible: visit.canGoBack; onClicked: visit.back() }
    ]
}
