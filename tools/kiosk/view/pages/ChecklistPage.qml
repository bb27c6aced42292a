// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What the holder does at home, and the sentence to remember.
PageBody {
    id: page
    property string open: ""
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.checklist.title")
    lead: Say.it("kiosk.checklist.lead")
    measure: 1000
    Panel {
        Layout.fillWidth: true
        tone: "warning"
        inset: Theme.px(20)
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.px(16)
            Glyph { name: "lock"; size: 40; color: Theme.colors.warning }
            Prose { Layout.fillWidth: true; text: Say.it("kiosk.checklist.never"); size: 22; strong: true }
        }
    }
    TickBox { Layout.fillWidth: true; text: Say.it("kiosk.checklist.browser"); detail: Say.it("kiosk.checklist.browser.why") }
    Flow {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.px(24)
        spacing: Theme.px(10)
        Repeater {
            model: ["firefox", "chrome", "edge", "windows"]
            delegate: ActionButton {
                required property string modelData
                glyph: "browser"
                trailing: page.open === modelData ? "minus" : "down"
                text: Say.it("kiosk.remove." + modelData)
                hint: Say.it(page.open === modelData ? "kiosk.phases.close" : "kiosk.phases.open")
                onClicked: page.open = page.open === modelData ? "" : modelData
            }
        }
    }
    Panel {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.px(24)
        visible: page.open !== ""
        tone: "info"
        title: page.open === "" ? "" : Say.it("kiosk.remove.title", {browser: Say.it("kiosk.remove." + page.open)})
        Bullets { Layout.fillWidth: true; numbered: true; size: 18; lines: page.open === "" ? [] : [1, 2, 3].map(n => Say.it("kiosk.remove." + page.open + "." + n)) }
        Prose { Layout.fillWidth: true; text: Say.it("kiosk.remove.check"); size: 17; quiet: true }
    }
    TickBox { Layout.fillWidth: true; text: Say.it("kiosk.checklist.apart"); detail: Say.it("kiosk.checklist.apart.why") }
    TickBox { Layout.fillWidth: true; text: Say.it("kiosk.checklist.pin"); detail: Say.it("kiosk.checklist.pin.why") }
    TickBox { Layout.fillWidth: true; text: Say.it("kiosk.checklist.portals"); detail: Say.it("kiosk.checklist.portals.why") }
    actions: ActionButton { id: go; kind: "main"; text: Say.it("kiosk.checklist.go"); trailing: "forward"; onClicked: visit.goOn() }
}
