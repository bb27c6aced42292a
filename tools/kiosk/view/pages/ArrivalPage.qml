// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// With an appointment or without one, and why.
PageBody {
    id: page
    readonly property var agenda: visit.appointments === undefined ? [] : visit.appointments
    readonly property var reasons: ["first", "renewed", "newCard", "damaged", "other"]
    function start() { reason.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.arrival.title")
    lead: Say.it("kiosk.arrival.lead")
    measure: 920
    missing: go.enabled ? "" : Say.it("kiosk.choose.missing")
    Title { Layout.fillWidth: true; visible: page.agenda.length > 0; text: Say.it("kiosk.arrival.agenda"); size: 23 }
    ChoiceList {
        id: booked
        Layout.fillWidth: true
        visible: page.agenda.length > 0
        name: Say.it("kiosk.arrival.agenda")
        rows: page.agenda.map(one => ({title: one.time + " · " + one.name, lines: one.reason ? [one.reason] : []}))
        onChosenChanged: if (chosen >= 0) reason.chosen = -1
    }
    Title { Layout.fillWidth: true; visible: page.agenda.length > 0; text: Say.it("kiosk.arrival.walkIn"); size: 23 }
    ChoiceList {
        id: reason
        Layout.fillWidth: true
        name: Say.it("kiosk.arrival.walkIn")
        rows: page.reasons.map(one => ({title: Say.it("kiosk.arrival." + one), lines: [Say.it("kiosk.arrival." + one + ".what")]}))
        onChosenChanged: if (chosen >= 0) booked.chosen = -1
    }
    actions: [
        ActionButton {
            id: go
            kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"
            enabled: reason.chosen >= 0 || booked.chosen >= 0
            onClicked: visit.arrive(booked.chosen >= 0 ? "appointment:" + page.agenda[booked.chosen].id : page.reasons[reason.chosen])
        },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; onClicked: visit.back() }
    ]
}
