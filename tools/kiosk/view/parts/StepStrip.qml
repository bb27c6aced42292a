// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// "Step n of m", in words and as a strip.
Rectangle {
    implicitHeight: column.implicitHeight + Theme.px(22)
    color: Theme.colors.surface

    ColumnLayout {
        id: column
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter
                  leftMargin: Theme.px(32); rightMargin: Theme.px(32) }
        spacing: Theme.px(8)
        Text {
            Layout.fillWidth: true
            text: Say.it("kiosk.step", {step: visit.step, steps: visit.steps}) + " · " + Say.it("kiosk.step." + Math.max(1, visit.step))
            color: Theme.colors.text
            font { family: Theme.family; pixelSize: Theme.damped(17); weight: Font.DemiBold }
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.px(6)
            Accessible.role: Accessible.ProgressBar
            Accessible.name: Say.it("kiosk.step", {step: visit.step, steps: visit.steps})
            Repeater {
                model: visit.steps
                delegate: Rectangle {
                    required property int index
                    readonly property bool done: index + 1 < visit.step
                    readonly property bool now: index + 1 === visit.step
                    Layout.fillWidth: true
                    implicitHeight: Theme.px(now ? 10 : 8)
                    radius: height / 2
                    color: done || now ? Theme.colors.accent : Theme.colors.surface
                    opacity: done && !Theme.highContrast ? 0.75 : 1
                    border.width: done || now ? 0 : Theme.px(1.5)
                    border.color: Theme.colors.control
                }
            }
        }
    }
    Rectangle { anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 1; color: Theme.colors.line }
}
