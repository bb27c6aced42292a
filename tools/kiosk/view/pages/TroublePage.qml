// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Something did not work: what, what it means, what to do now. There is always a way on.
PageBody {
    id: page
    readonly property var trouble: visit.trouble
    readonly property string remedy: trouble.remedy || "end"
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.trouble.title")
    measure: 1000
    MessageBlock { Layout.fillWidth: true; message: page.trouble }
    IncidentPanel { Layout.fillWidth: true }
    Verdict { Layout.fillWidth: true; standing: "info"; text: Say.it("kiosk.trouble.safe"); size: 18 }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.trouble." + page.remedy); trailing: page.remedy === "end" ? "" : "forward"; onClicked: visit.again() },
        ActionButton { visible: page.remedy !== "end"; text: Say.it("kiosk.trouble.end"); glyph: "leave"; implicitHeight: go.height; onClicked: visit.leave() }
    ]
}
