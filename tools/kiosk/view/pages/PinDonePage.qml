// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

PageBody {
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.pinDone.title")
    measure: 860
    Panel {
        Layout.fillWidth: true
        tone: "good"
        Verdict { Layout.fillWidth: true; standing: "good"; text: Say.it("kiosk.pinDone.done"); detail: Say.it("kiosk.pinDone.detail"); size: 22 }
    }
    Bullets { Layout.fillWidth: true; lines: [Say.it("kiosk.pinDone.1"), Say.it("kiosk.pinDone.2"), Say.it("kiosk.pinDone.3")] }
    actions: [
        ActionButton {
            id: go
            readonly property bool load: visit.backups.some(backup => backup.usable)
            kind: "main"
            text: Say.it(load ? "kiosk.pinDone.load" : "kiosk.pinDone.end")
            trailing: load ? "forward" : ""
            onClicked: load ? visit.goOn() : visit.leave()
        },
        ActionButton { visible: go.load; text: Say.it("kiosk.pinDone.end"); implicitHeight: go.implicitHeight; onClicked: visit.leave() }
    ]
}
