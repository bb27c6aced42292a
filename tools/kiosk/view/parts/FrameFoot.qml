// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// Ayuda · Soporte · Contacto, on every page; and the way out.
Rectangle {
    id: foot
    signal asked(string sheet)

    implicitHeight: flow.height + Theme.px(12)
    color: Theme.colors.page
    Rectangle { anchors { left: parent.left; right: parent.right; top: parent.top }
        height: 1; color: Theme.colors.line }

    Row {
        id: flow
        anchors { left: parent.left; leftMargin: Theme.px(20); verticalCenter: parent.verticalCenter }
        ActionButton { kind: "quiet"; small: true; size: 17; glyph: "help"; text: Say.it("kiosk.foot.help"); onClicked: foot.asked("help") }
        ActionButton { kind: "quiet"; small: true; size: 17; glyph: "tools"; text: Say.it("kiosk.foot.support"); onClicked: foot.asked("support") }
        ActionButton { kind: "quiet"; small: true; size: 17; glyph: "mail"; text: Say.it("kiosk.foot.contact"); onClicked: foot.asked("contact") }
    }
    ActionButton {
        anchors { right: parent.right; rightMargin: Theme.px(20); verticalCenter: parent.verticalCenter }
        visible: visit.page !== "idle"
        kind: "quiet"; small: true; size: 17; glyph: "leave"
        text: Say.it("kiosk.foot.leave")
        hint: Say.it("kiosk.foot.leave.hint")
        onClicked: visit.leave()
    }
}
