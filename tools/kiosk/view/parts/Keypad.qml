// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Digits for the finger. It types into `field`, which keeps the keyboard.
ColumnLayout {
    id: pad

    property Item field

    spacing: Theme.px(12)
    Accessible.role: Accessible.Grouping
    Accessible.name: Say.it("kiosk.keypad.name")

    GridLayout {
        columns: 3
        columnSpacing: Theme.px(10)
        rowSpacing: Theme.px(10)
        Repeater {
            model: KeypadModel { id: digits }
            delegate: KeypadKey {
                required property int index
                required property int digit
                Layout.row: index < 9 ? Math.floor(index / 3) : 3
                Layout.column: index < 9 ? index % 3 : 1
                implicitWidth: Theme.px(84); implicitHeight: Theme.px(58)
                text: digit
                name: Say.it("kiosk.keypad.digit", {digit: digit})
                onClicked: pad.field.press(digit)
            }
        }
        KeypadKey {
            Layout.row: 3; Layout.column: 0
            implicitWidth: Theme.px(84); implicitHeight: Theme.px(58)
            glyph: "cross"
            name: Say.it("kiosk.keypad.clear")
            onClicked: pad.field.clear()
        }
        KeypadKey {
            Layout.row: 3; Layout.column: 2
            implicitWidth: Theme.px(84); implicitHeight: Theme.px(58)
            glyph: "erase"
            name: Say.it("kiosk.keypad.erase")
            onClicked: pad.field.erase()
        }
    }
    ActionButton {
        Layout.preferredWidth: Theme.px(272)
        widest: Theme.px(272)
        size: 16
        small: true
        kind: "quiet"
        glyph: "shuffle"
        text: Say.it(digits.shuffled ? "kiosk.keypad.order" : "kiosk.keypad.shuffle")
        hint: Say.it("kiosk.keypad.why")
        onClicked: digits.shuffled = !digits.shuffled
    }
}
