// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Who is on the certificate, and whether that is who stands here. The operator ticks; the holder is looked at.
PageBody {
    id: page
    readonly property var certificate: visit.question.certificate || ({})
    readonly property var match: visit.question.match || ({})
    function start() { seen.forceActiveFocus(Qt.TabFocusReason) }

    title: Say.it("kiosk.person.title")
    lead: Say.it("kiosk.person.lead")
    measure: 1180
    missing: go.enabled ? "" : Say.it("kiosk.person.missing")
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 2 : 1
        columnSpacing: Theme.px(24)
        rowSpacing: Theme.px(18)
        Panel {
            Layout.fillWidth: true; Layout.preferredWidth: 1; Layout.alignment: Qt.AlignTop
            glyph: "file"
            title: Say.it("kiosk.person.certificate")
            CertificateFacts { Layout.fillWidth: true; certificate: page.certificate }
            Prose { Layout.fillWidth: true; text: Say.it("kiosk.person.serves"); size: 17; quiet: true }
            Verdict {
                Layout.fillWidth: true
                visible: text !== ""
                standing: page.match.standing || "info"
                text: page.match.text || ""
                detail: page.match.detail || ""
                size: 18
            }
        }
        Panel {
            Layout.fillWidth: true; Layout.preferredWidth: 1; Layout.alignment: Qt.AlignTop
            glyph: "person"
            title: Say.it("kiosk.operator")
            TickBox { id: seen; Layout.fillWidth: true; text: Say.it("kiosk.person.seen"); detail: Say.it("kiosk.person.seen.detail") }
            TickBox { id: valid; Layout.fillWidth: true; text: Say.it("kiosk.person.valid"); detail: Say.it("kiosk.person.valid.detail") }
            TickBox { id: same; Layout.fillWidth: true; text: Say.it("kiosk.person.same"); detail: Say.it("kiosk.person.same.detail", {name: page.certificate.holder || ""}) }
        }
    }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; enabled: seen.checked && valid.checked && same.checked; onClicked: visit.agree() },
        ActionButton { kind: "danger"; text: Say.it("kiosk.person.other"); implicitHeight: go.height; size: 18; onClicked: visit.leave() }
    ]
}
