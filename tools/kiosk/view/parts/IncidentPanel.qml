// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What technical support needs: a code to say, the same as QR, and a file without secrets.
Panel {
    id: panel
    readonly property var help: Desk.help
    readonly property string incident: (help ? help.incident : "") || visit.trouble.incident || ""
    readonly property string code: (help ? help.code : "") || (incident === "" ? "" : "ACREDITA " + incident + " " + visit.trouble.code)

    visible: incident !== ""
    glyph: "tools"
    title: Say.it("kiosk.trouble.incident")
    QrPanel {
        Layout.fillWidth: true
        code: panel.code
        caption: Say.it("kiosk.trouble.incident.what", {incident: panel.incident})
        address: false
        side: 130
    }
    ActionButton {
        visible: !!panel.help && panel.help.bundle !== "" && panel.help.file === ""
        enabled: !!panel.help && !panel.help.busy
        glyph: "stick"
        text: Say.it("kiosk.support.save")
        hint: Say.it("kiosk.support.save.hint")
        onClicked: panel.help.save()
    }
    Verdict {
        Layout.fillWidth: true
        visible: !!panel.help && panel.help.file !== ""
        standing: "good"
        text: panel.help ? Say.it("kiosk.support.saved", {file: panel.help.file}) : ""
        size: 18
        Accessible.role: Accessible.AlertMessage
    }
    MessageBlock {
        Layout.fillWidth: true
        visible: !!panel.help && !!panel.help.fault.what
        brief: true
        severity: "warning"
        message: panel.help ? panel.help.fault : ({})
    }
}
