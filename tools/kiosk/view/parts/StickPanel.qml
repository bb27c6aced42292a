// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What is on the stick: each backup by what it is.
Panel {
    id: panel
    readonly property bool reading: visit.sticks.some(stick => stick.reading)
    readonly property var usable: visit.backups.filter(backup => backup.usable)
    readonly property var service: visit.stickTrouble || ({})
    readonly property var fault: service.code ? service : (visit.sticks.find(stick => stick.fault) || {}).fault
    readonly property string standing: service.code ? "fault" : visit.sticks.length === 0 ? "none" : reading ? "look"
        : usable.length > 1 ? "several" : usable.length === 1 ? "good" : visit.backups.length > 0 ? "bad" : fault ? "fault" : "empty"

    title: Say.it("kiosk.stick.title")
    glyph: "stick"
    tone: standing === "good" || standing === "several" ? "good" : standing === "bad" || standing === "fault" || standing === "empty" ? "bad" : ""
    spacing: Theme.px(14)

    Glyph {
        Layout.alignment: Qt.AlignHCenter
        visible: panel.standing === "none" || panel.standing === "look"
        name: "stick"
        size: 120
        stroke: 1.1
        color: Theme.colors.accent
    }
    Verdict {
        Layout.fillWidth: true
        visible: panel.standing !== "fault"
        standing: ({good: "good", several: "good", look: "wait", none: "none"})[panel.standing] || "bad"
        text: Say.it("kiosk.stick." + panel.standing, {count: panel.usable.length})
        detail: Say.it("kiosk.stick." + panel.standing + ".detail")
    }
    MessageBlock {
        Layout.fillWidth: true
        visible: panel.standing === "fault"
        brief: true
        border.width: 0
        inset: 0
        message: panel.fault || ({})
    }
    Repeater {
        model: visit.backups.slice(0, 4)
        delegate: Verdict {
            required property var modelData
            Layout.fillWidth: true
            standing: modelData.usable ? "info" : "bad"
            size: 18
            text: modelData.usable ? Say.it("kiosk.backup.of", {date: modelData.date}) : modelData.fault ? modelData.fault.what : ""
            detail: modelData.usable ? (modelData.remarks || []).join(" ") : Say.it("kiosk.backup.file", {name: modelData.name})
        }
    }
    Prose { Layout.fillWidth: true; visible: visit.backups.length > 4; text: Say.it("kiosk.stick.more", {count: visit.backups.length - 4}); size: 17; quiet: true }
}
