// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The PIN of the card: on the keyboard, on the screen, or at the reader.
PageBody {
    id: page
    readonly property var question: visit.question
    readonly property bool pinpad: visit.card.pinpad === true
    readonly property bool loading: visit.purpose === undefined || visit.purpose === "load"
    readonly property string wrong: question.malformed ? "malformed" : (question.askedBefore || 0) > 0 ? "wrong" : ""
    function start() { if (!pinpad) entry.start() }
    function give() { if (entry.field.length >= 4) visit.giveSecret(entry.field) }

    title: Say.it(pinpad ? "kiosk.pin.reader" : loading ? "kiosk.pin.title" : "kiosk.pin.current")
    lead: wrong !== "" ? "" : Say.it(pinpad ? "kiosk.pin.reader.lead" : "kiosk.pin.lead")
    measure: 1000
    missing: pinpad || entry.field.length >= 4 ? "" : Say.it("kiosk.pin.missing")
    Panel {
        Layout.fillWidth: true
        visible: page.wrong !== ""
        tone: "warning"
        Verdict {
            Layout.fillWidth: true
            standing: "warning"
            text: page.wrong === "" ? "" : Say.it("kiosk.pin." + page.wrong)
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
                visible: !page.pinpad
                label: Say.it("kiosk.pin.label")
                hint: Say.it("kiosk.pin.hint")
                digits: true
                onAccepted: page.give()
            }
            LookAtReader { Layout.fillWidth: true; visible: page.pinpad }
            Prose { Layout.fillWidth: true; text: Say.it(page.question.factory ? "kiosk.pin.factory" : "kiosk.pin.which"); size: 17; quiet: true }
        }
        Keypad { Layout.alignment: Qt.AlignTop | Qt.AlignHCenter; visible: !page.pinpad; field: entry.field }
    }
    actions: ActionButton { visible: !page.pinpad; kind: "main"; text: Say.it(page.loading ? "kiosk.pin.give" : "kiosk.goOn"); trailing: "forward"; enabled: entry.field.length >= 4; onClicked: page.give() }
}
