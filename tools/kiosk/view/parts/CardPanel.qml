// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What the card in the reader is, holds and can do.
Panel {
    id: panel
    readonly property var card: visit.card
    readonly property string standing: card.service === false ? "service" : card.readers === 0 ? "reader"
        : card.cards > 1 ? "several" : card.looking ? "look" : card.cards === 0 || !card.known ? "none" : card.good ? "good" : "bad"

    title: Say.it("kiosk.card.title")
    glyph: "card"
    tone: standing === "good" ? "good" : standing === "bad" ? "bad" : standing === "service" || standing === "reader" || standing === "several" ? "warning" : ""
    spacing: Theme.px(14)

    Glyph {
        Layout.alignment: Qt.AlignHCenter
        visible: panel.standing === "none" || panel.standing === "look"
        name: "reader"
        size: 120
        stroke: 1.1
        color: Theme.colors.accent
    }
    Verdict {
        Layout.fillWidth: true
        visible: panel.standing !== "bad"
        standing: ({good: "good", look: "wait", none: "none"})[panel.standing] || "warning"
        text: panel.standing === "bad" ? "" : Say.it("kiosk.card." + panel.standing)
        detail: panel.standing === "bad" ? "" : Say.it("kiosk.card." + panel.standing + ".detail")
    }
    Facts {
        Layout.fillWidth: true
        visible: panel.standing === "good"
        size: 18
        rows: panel.standing !== "good" ? [] : [
            [Say.it("kiosk.card.model"), [panel.card.maker, panel.card.model].filter(part => part).join(" ")],
            [Say.it("kiosk.card.holds"), (panel.card.holds || []).length === 0 ? Say.it("kiosk.card.empty") : ""],
            [Say.it("kiosk.card.tries"), panel.card.tries === undefined || panel.card.tries === null ? "" : panel.card.tries],
            [Say.it("kiosk.card.pin"), panel.card.factoryPin ? Say.it("kiosk.card.factory") : panel.card.pinpad ? Say.it("kiosk.card.pinpad") : ""]]
    }
    Repeater {
        model: panel.standing === "good" ? panel.card.holds || [] : []
        delegate: Verdict {
            required property var modelData
            Layout.fillWidth: true
            standing: modelData.expired ? "warning" : "info"
            size: 18
            text: Say.it("kiosk.card.held", {name: modelData.holder})
            detail: Say.it(modelData.expired ? "kiosk.card.expired" : "kiosk.card.until", {date: Say.day(modelData.until)})
                    + (modelData.hasKey ? "" : " " + Say.it("kiosk.card.noKey"))
        }
    }
    MessageBlock {
        Layout.fillWidth: true
        visible: panel.standing === "bad"
        brief: true
        border.width: 0
        inset: 0
        message: visit.sheet.heading ? {what: visit.sheet.heading, means: (visit.sheet.lead || [])[0], action: Say.it("kiosk.card.sheet"), code: (panel.card.fault || {}).code}
                                     : panel.card.fault || ({})
    }
}
