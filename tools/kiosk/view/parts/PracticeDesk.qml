// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Practice: the hands that put the virtual card and the sample stick in and take them out, and what to try.
Rectangle {
    id: desk
    readonly property bool used: visit.practice && !!Desk.exercise && Desk.exercise.exercise >= 0 && visit.page !== "exercises"
    readonly property var exercise: used ? Desk.exercise.exercises[Desk.exercise.exercise] : ({})

    visible: used
    implicitHeight: flow.implicitHeight + Theme.px(16)
    color: Theme.colors.tint
    border.width: Theme.px(2)
    border.color: Theme.highContrast ? Theme.colors.line : Theme.colors.practice
    Accessible.role: Accessible.ToolBar
    Accessible.name: Say.it("kiosk.practice.desk")

    GridLayout {
        id: flow
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter
                  leftMargin: Theme.px(32); rightMargin: Theme.px(20) }
        columns: Theme.roomy ? 3 : 2
        columnSpacing: Theme.px(12)
        rowSpacing: Theme.px(6)
        Prose {
            Layout.fillWidth: true
            Layout.columnSpan: Theme.roomy ? 1 : 2
            size: 16
            text: desk.used ? desk.exercise.title + ". " + desk.exercise.hint : ""
        }
        ActionButton {
            small: true; size: 16; glyph: "card"
            text: Say.it(desk.used && Desk.exercise.cardIn ? "kiosk.practice.card.out" : "kiosk.practice.card.in")
            onClicked: Desk.exercise.moveCard(!Desk.exercise.cardIn)
        }
        ActionButton {
            small: true; size: 16; glyph: "stick"
            text: Say.it(desk.used && Desk.exercise.stickIn ? "kiosk.practice.stick.out" : "kiosk.practice.stick.in")
            onClicked: Desk.exercise.moveStick(!Desk.exercise.stickIn)
        }
    }
}
