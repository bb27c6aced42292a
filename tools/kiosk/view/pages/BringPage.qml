// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Card and stick, in either order: what each is, before anybody types a secret.
PageBody {
    id: page
    readonly property var usable: visit.backups.filter(backup => backup.usable)
    readonly property bool cardBad: visit.card.known === true && visit.card.good === false
    readonly property bool stickBad: visit.backups.length > 0 && usable.length === 0 && !visit.sticks.some(stick => stick.reading)
    function start() { if (go.enabled) go.forceActiveFocus(Qt.TabFocusReason) }

    measure: 1180
    title: Say.it("kiosk.bring.title")
    lead: Say.it("kiosk.bring.lead")
    missing: visit.ready ? Say.it("kiosk.bring.both")
           : cardBad ? Say.it("kiosk.bring.missing.otherCard")
           : stickBad ? Say.it("kiosk.bring.missing.otherBackup")
           : visit.card.good !== true ? Say.it(visit.card.looking ? "kiosk.bring.missing.look" : "kiosk.bring.missing.card")
           : Say.it("kiosk.bring.missing.stick")
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 2 : 1
        columnSpacing: Theme.px(24)
        rowSpacing: Theme.px(18)
        CardPanel { Layout.fillWidth: true; Layout.preferredWidth: 1; Layout.fillHeight: true; Layout.alignment: Qt.AlignTop }
        StickPanel { Layout.fillWidth: true; Layout.preferredWidth: 1; Layout.fillHeight: true; Layout.alignment: Qt.AlignTop }
    }
    actions: [
        ActionButton {
            id: go
            kind: "main"; text: Say.it(page.cardBad || page.stickBad ? "kiosk.bring.what" : "kiosk.goOn"); trailing: "forward"
            enabled: visit.ready || page.cardBad || page.stickBad
            onEnabledChanged: if (enabled) forceActiveFocus(Qt.TabFocusReason)
            onClicked: visit.goOn()
        },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; visible: visit.canGoBack; onClicked: visit.back() }
    ]
}
