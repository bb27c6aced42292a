// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// A new PIN or PUK, typed twice by the holder; the controller says which rules it keeps as it is typed
// (visit.rules: {words, met}) and whether both are the same (visit.secretsMatch).
PageBody {
    id: page

    property string what: "newPin"
    readonly property int limit: visit.secretLimit === undefined ? 8 : visit.secretLimit
    readonly property var rules: visit.rules === undefined ? [] : visit.rules
    readonly property bool allMet: rules.every(rule => rule.met)
    readonly property bool complete: first.field.length >= 4 && second.field.length === first.field.length && allMet
    property Item target: first.field
    function start() { first.start() }
    function give() { if (complete) visit.giveNewSecret(first.field, second.field) }

    title: Say.it("kiosk." + what + ".title")
    lead: visit.question.refused ? "" : Say.it("kiosk." + what + (visit.purpose === undefined || visit.purpose === "load" ? ".lead" : ".again"))
    measure: 1080
    missing: complete ? "" : Say.it("kiosk.newSecret.missing")
    Panel {
        Layout.fillWidth: true
        visible: !!visit.question.refused
        tone: "warning"
        Verdict { Layout.fillWidth: true; standing: "warning"; text: visit.question.refused || ""; Accessible.role: Accessible.AlertMessage }
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
            SecretEntry {
                id: first
                Layout.fillWidth: true
                label: Say.it("kiosk." + page.what + ".first")
                hint: page.rules.length === 0 ? Say.it("kiosk.newSecret.rules") : ""
                digits: true
                limit: page.limit
                onAccepted: second.start()
                field.onActiveFocusChanged: if (field.activeFocus) page.target = field
                field.onLengthChanged: if (visit.secretTyped) visit.secretTyped(first.field, second.field)
            }
            SecretEntry {
                id: second
                Layout.fillWidth: true
                label: Say.it("kiosk." + page.what + ".second")
                digits: true
                limit: page.limit
                onAccepted: page.give()
                field.onActiveFocusChanged: if (field.activeFocus) page.target = field
                field.onLengthChanged: if (visit.secretTyped) visit.secretTyped(first.field, second.field)
            }
            Repeater {
                model: page.rules
                delegate: Verdict { required property var modelData; Layout.fillWidth: true; standing: modelData.met ? "good" : "none"; text: modelData.words; size: 17 }
            }
            Prose { Layout.fillWidth: true; text: Say.it("kiosk.newSecret.keep"); size: 17; quiet: true }
        }
        Keypad { Layout.alignment: Qt.AlignTop | Qt.AlignHCenter; field: page.target }
    }
    actions: ActionButton { kind: "main"; text: Say.it("kiosk." + page.what + ".go"); trailing: "forward"; enabled: page.complete; onClicked: page.give() }
}
