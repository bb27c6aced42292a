// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// A secret field in its frame, with its name above. What is typed stays in the field (SecretField).
Column {
    id: entry

    property string label
    property string hint
    property bool digits: false
    property int limit: digits ? 8 : 128
    property bool canShow: false
    property alias field: field
    property bool refused: false
    signal accepted

    function start() { field.forceActiveFocus() }

    spacing: Theme.px(8)
    Prose { width: parent.width; text: entry.label; size: 19; strong: true; Accessible.ignored: true }
    Item {
        width: parent.width
        height: box.height
        Rectangle {
            id: box
            width: parent.width - (show.visible ? show.width + Theme.px(12) : 0)
            height: Math.max(Theme.mainTouch, field.implicitHeight + Theme.px(28))
            radius: Theme.radius
            color: Theme.colors.surface
            border.width: Theme.px(2)
            border.color: field.activeFocus ? Theme.colors.accent : Theme.colors.control
            Item {
                anchors { fill: parent; leftMargin: Theme.px(18); rightMargin: Theme.px(18) }
                clip: true
                SecretField {
                    id: field
                    anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
                    height: Math.max(implicitHeight, Theme.px(32))
                    digitsOnly: entry.digits
                    limit: entry.limit
                    color: Theme.colors.text
                    font.family: Theme.family
                    font.pixelSize: Theme.text(24)
                    Accessible.name: entry.label
                    Accessible.description: entry.hint
                    onAccepted: entry.accepted()
                    onRefused: { entry.refused = true; calm.restart() }
                }
            }
            MouseArea { anchors.fill: parent; cursorShape: Qt.IBeamCursor; onClicked: field.forceActiveFocus(Qt.MouseFocusReason) }
            FocusRing { visible: field.activeFocus }
        }
        ActionButton {
            id: show
            anchors.right: parent.right
            height: box.height
            visible: entry.canShow
            size: 17
            glyph: field.shown ? "noeye" : "eye"
            text: Say.it(field.shown ? "kiosk.secret.hide" : "kiosk.secret.show")
            onClicked: { field.shown = !field.shown; field.forceActiveFocus() }
        }
    }
    Timer { id: calm; interval: 4000; onTriggered: entry.refused = false }
    Prose {
        width: parent.width
        visible: text !== ""
        size: 17
        strong: entry.refused
        color: entry.refused ? Theme.colors.warning : Theme.colors.muted
        text: !entry.refused ? entry.hint : Say.it(entry.digits && !field.full ? "kiosk.secret.digits" : "kiosk.secret.full")
        Accessible.role: entry.refused ? Accessible.AlertMessage : Accessible.StaticText
    }
}
