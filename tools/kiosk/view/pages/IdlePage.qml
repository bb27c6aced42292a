// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Nobody is here yet: what this is, what to bring, and how far along one's certificate is.
PageBody {
    id: page
    function start() { go.forceActiveFocus(Qt.TabFocusReason) }

    // In practice somebody has to lay a card and a stick on the desk: the first exercise does, if none was chosen.
    function begin() {
        if (visit.practice && Desk.exercise && Desk.exercise.exercise < 0) Desk.exercise.choose(0)
        visit.begin()
    }

    measure: 1180
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 2 : 1
        columnSpacing: Theme.px(28)
        rowSpacing: Theme.px(20)
        ColumnLayout {
            Layout.fillWidth: true
            Layout.preferredWidth: 6
            Layout.alignment: Qt.AlignTop
            spacing: Theme.px(16)
            Title { Layout.fillWidth: true; text: Say.it("kiosk.idle.title"); size: 42 }
            Prose { Layout.fillWidth: true; text: Say.it("kiosk.idle.lead"); size: 21; quiet: true }
            Bullets {
                Layout.fillWidth: true
                glyph: "tick"
                lines: [Say.it("kiosk.idle.promise.1"), Say.it("kiosk.idle.promise.2"), Say.it("kiosk.idle.promise.3")]
            }
        }
        Panel {
            Layout.fillWidth: true
            Layout.preferredWidth: 5
            Layout.alignment: Qt.AlignTop
            title: Say.it("kiosk.idle.bring")
            glyph: "list"
            Repeater {
                model: [["card", "card"], ["stick", "stick"], ["document", "person"], ["secrets", "lock"]]
                delegate: Item {
                    required property var modelData
                    Layout.fillWidth: true
                    implicitHeight: Math.max(sign.height, said.height)
                    Glyph { id: sign; name: modelData[1]; size: 30; color: Theme.colors.accent }
                    Prose {
                        id: said
                        x: sign.width + Theme.px(14)
                        y: Math.max(0, (sign.height - height) / 2)
                        width: parent.width - x
                        text: Say.it("kiosk.idle.bring." + modelData[0])
                    }
                }
            }
            Rectangle { Layout.fillWidth: true; implicitHeight: 1; color: Theme.colors.line; visible: where.visible }
            Prose {
                id: where
                Layout.fillWidth: true
                visible: text !== ""
                text: [Office.place, Office.hours, Office.appointment].filter(part => part !== "").join(" · ")
                size: 16
            }
        }
    }
    PhaseStrip { Layout.fillWidth: true }
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.idle.privacy"); size: 16; quiet: true }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.idle.begin"); trailing: "forward"; onClicked: page.begin() },
        ActionButton { text: Say.it("kiosk.idle.pin"); glyph: "lock"; implicitHeight: go.height; onClicked: visit.show("pinMenu") },
        ActionButton { text: Say.it("kiosk.idle.preflight"); glyph: "tools"; implicitHeight: go.height; onClicked: visit.show("preflight") },
        ActionButton { visible: visit.practice; text: Say.it("kiosk.idle.exercises"); glyph: "list"; implicitHeight: go.height; onClicked: visit.show("exercises") }
    ]
}
