// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The office, the badge of practice, and how one would like to read.
Rectangle {
    id: head
    implicitHeight: Math.max(Theme.px(64), row.implicitHeight + Theme.px(12))
    color: Theme.colors.header
    Accessible.role: Accessible.ToolBar
    Accessible.name: Office.name

    RowLayout {
        id: row
        anchors { fill: parent; leftMargin: Theme.px(32); rightMargin: Theme.px(20) }
        spacing: Theme.px(12)
        Glyph { name: "card"; size: 32; color: Theme.colors.headerInk }
        Text {
            Layout.fillWidth: true
            text: Office.name
            color: Theme.colors.headerInk
            font { family: Theme.family; pixelSize: Theme.damped(20); weight: Font.DemiBold }
            wrapMode: Text.Wrap
            textFormat: Text.PlainText
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Rectangle {
            visible: visit.practice
            implicitWidth: badge.implicitWidth + Theme.px(28)
            implicitHeight: badge.implicitHeight + Theme.px(14)
            radius: height / 2
            color: Theme.colors.practice
            border.width: Theme.px(2)
            border.color: Theme.colors.practiceInk
            Text {
                id: badge
                anchors.centerIn: parent
                text: Say.it("kiosk.practice")
                color: Theme.colors.practiceInk
                font { family: Theme.family; pixelSize: Theme.damped(18); weight: Font.Bold; letterSpacing: 1.5 }
                Accessible.role: Accessible.StaticText
                Accessible.name: text
                Accessible.description: Say.it("kiosk.practice.means")
            }
        }
        HeadButton {
            glyph: "letters"
            text: Say.it("kiosk.head.text", {percent: Math.round(Theme.scale * 100)})
            hint: Say.it("kiosk.head.text.hint")
            onClicked: Theme.scale = Theme.scale >= 2 ? 1 : Theme.scale + 0.5
        }
        HeadButton {
            glyph: "contrast"
            text: Say.it("kiosk.head.contrast")
            hint: Say.it(Theme.highContrast ? "kiosk.head.contrast.on" : "kiosk.head.contrast.off")
            checked: Theme.highContrast
            onClicked: Theme.highContrast = !Theme.highContrast
        }
        HeadButton {
            visible: !!Desk.sound && Desk.sound.possible
            glyph: checked ? "sound" : "nosound"
            text: Say.it("kiosk.head.sound")
            hint: Say.it(checked ? "kiosk.head.sound.on" : "kiosk.head.sound.off")
            checked: !!Desk.sound && Desk.sound.on
            onClicked: Desk.sound.on = !Desk.sound.on
        }
        HeadButton {
            glyph: "globe"
            text: Say.it("kiosk.head.language")
            hint: Say.it("kiosk.head.language.hint")
            onClicked: words.language = words.language === "es" ? "en" : "es"
        }
    }
}
