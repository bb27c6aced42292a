// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// With an appointment or without one, and why.
PageBody {
    id: page
    readonly property var agenda: Desk.arrival ? Desk.arrival.appointments.filter(one => !one.arrived) : []
    readonly property var fault: Desk.arrival ? Desk.arrival.fault : ({})
    readonly property var reasons: ["first", "renewed", "newCard", "damaged", "other"]
    Component.onCompleted: if (Desk.arrival) Desk.arrival.refresh()
    function start() { (agenda.length > 0 ? booked : reason).start() }

    title: Say.it("kiosk.arrival.title")
    lead: Say.it("kiosk.arrival.lead")
    measure: 920
    missing: go.enabled ? "" : Say.it("kiosk.choose.missing")
    MessageBlock { Layout.fillWidth: true; visible: !!page.fault.what; brief: true; severity: "warning"; message: page.fault }
    Title { Layout.fillWidth: true; visible: page.agenda.length > 0; text: Say.it("kiosk.arrival.agenda"); size: 23 }
    ChoiceList {
        id: booked
        Layout.fillWidth: true
        visible: page.agenda.length > 0
        name: Say.it("kiosk.arrival.agenda")
        rows: page.agenda.map(one => ({title: Say.it("kiosk.arrival.code", {time: one.time, code: one.code}), lines: one.service ? [one.service] : []}))
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
