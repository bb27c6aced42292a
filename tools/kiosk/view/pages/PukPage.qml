// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A blocked PIN: the PUK, and then a new PIN.
PageBody {
    id: page
    readonly property var question: visit.question
    readonly property string wrong: question.malformed ? "malformed" : (question.askedBefore || 0) > 0 ? "wrong" : ""
    function start() { entry.start() }
    function give() { if (entry.field.length >= 4) visit.giveSecret(entry.field) }

    title: Say.it("kiosk.puk.title")
    lead: wrong !== "" ? "" : Say.it("kiosk.puk.lead")
    measure: 1000
    missing: entry.field.length >= 4 ? "" : Say.it("kiosk.puk.missing")
    Panel {
        Layout.fillWidth: true
        visible: page.wrong !== ""
        tone: "warning"
        Verdict {
            Layout.fillWidth: true
            standing: "warning"
            text: page.wrong === "" ? "" : Say.it("kiosk.puk." + page.wrong)
            detail: page.wrong === "" ? "" : Say.it("kiosk.pin." + page.wrong + ".detail")
            Accessible.role: Accessible.AlertMessage
        }
    }
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.wide ? 2 : 1
        columnSpacing: Theme.px(28)
        rowSpacing: Theme.px(18)
        Panel {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            glyph: "person"
            title: Say.it("kiosk.holder")
            Tries { Layout.fillWidth: true; remaining: page.question.tries }
            SecretEntry {
                id: entry
                Layout.fillWidth: true
                label: Say.it("kiosk.puk.label")
                hint: Say.it("kiosk.puk.hint")
                digits: true
                onAccepted: page.give()
            }
            Prose { Layout.fillWidth: true; text: Say.it("kiosk.puk.none"); size: 17; quiet: true }
        }
        Keypad { Layout.alignment: Qt.AlignTop | Qt.AlignHCenter; field: entry.field }
    }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk.goOn"); trailing: "forward"; enabled: entry.field.length >= 4; onClicked: page.give() }
}
