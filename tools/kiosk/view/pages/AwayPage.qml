// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The card or the stick was taken out: how things stand, and what happens when it is back.
PageBody {
    id: page
    readonly property var away: visit.away
    readonly property string what: away.what || "card"
    readonly property string how: what === "stick" ? "stick" : (away.state || "untouched")
    function start() { if (go.visible) go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.away." + what)
    measure: 860
    Panel {
        Layout.fillWidth: true
        tone: page.how === "writing" ? "warning" : "info"
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.px(24)
            Glyph { name: page.what; size: 84; stroke: 1.4; color: Theme.colors.accent; Layout.alignment: Qt.AlignTop }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: Theme.px(12)
                Prose { Layout.fillWidth: true; text: Say.it("kiosk.away.state." + page.how); size: 21; strong: true }
                Prose { Layout.fillWidth: true; text: Say.it("kiosk.away.do." + page.what); size: 20 }
            }
        }
    }
    Verdict { Layout.fillWidth: true; standing: "wait"; text: Say.it("kiosk.away.wait"); size: 19 }
    actions: [
        ActionButton { id: go; visible: page.away.canGoOn === true; kind: "main"; text: Say.it("kiosk.away.goOn"); trailing: "forward"; onClicked: visit.goOn() },
        ActionButton { text: Say.it("kiosk.away.end"); glyph: "leave"; implicitHeight: go.implicitHeight; onClicked: visit.leave() }
    ]
}
