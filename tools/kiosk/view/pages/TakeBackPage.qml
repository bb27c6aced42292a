// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// "Take your card and your stick": each ticks itself off as it leaves.
PageBody {
    id: page
    readonly property bool cardOut: (visit.card.cards || 0) === 0
    readonly property bool stickOut: visit.sticks.length === 0
    function start() { end.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.takeBack.title")
    readonly property bool gone: cardOut && stickOut

    lead: Say.it(gone ? "kiosk.takeBack.goodbye" : "kiosk.takeBack.lead")
    measure: 920
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 2 : 1
        columnSpacing: Theme.px(24)
        rowSpacing: Theme.px(18)
        TakeOne { Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; what: "card"; taken: page.cardOut }
        TakeOne { Layout.fillWidth: true; Layout.fillHeight: true; Layout.preferredWidth: 1; what: "stick"; taken: page.stickOut }
    }
    Verdict {
        Layout.fillWidth: true
        visible: !!visit.outcome
        standing: visit.outcome === "nothing" ? "info" : "good"
        text: Say.it("kiosk.takeBack.outcome." + (visit.outcome || "nothing"))
        detail: Say.it("kiosk.takeBack.outcome." + (visit.outcome || "nothing") + ".detail")
        size: 19
    }
    Verdict { Layout.fillWidth: true; standing: "good"; text: Say.it("kiosk.takeBack.wiped"); detail: Say.it("kiosk.takeBack.wiped.detail"); size: 19 }
    actions: ActionButton { id: end; text: Say.it("kiosk.takeBack.end"); onClicked: visit.goOn() }
}
