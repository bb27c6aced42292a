// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

// Whose window this is, as the configuration says it; neutral words where it says nothing.
QtObject {
    readonly property string name: office.name || Say.it("kiosk.office.name")
    readonly property string place: office.address || ""
    readonly property string hours: office.hours || ""
    readonly property string phone: office.phone || ""
    readonly property string mail: office.mail || ""
    readonly property string web: office.web || ""
    readonly property string appointment: office.appointment || ""
    readonly property string contact: office.contact || ""
    readonly property string support: office.support || ""
    readonly property bool reachable: phone !== "" || mail !== "" || web !== "" || contact !== ""
}
