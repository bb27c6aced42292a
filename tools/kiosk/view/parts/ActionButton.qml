// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// kind: "main" (the one way on), "plain", "quiet" (a link), "danger" (what cannot be taken back).
Item {
    id: button

    property string text
    property string hint // for screen readers, more than the text
    property string glyph
    property string trailing // a sign behind the text
    property string kind: "plain"
    property real size: kind === "main" || kind === "danger" ? 21 : 18
    property bool small: false // in the frame: grows half as much
    property real widest: Theme.px(900)
    signal clicked

    readonly property real tall: kind === "main" || kind === "danger" ? Theme.mainTouch : Theme.touch
    readonly property real inset: kind === "quiet" ? Theme.px(12) : Theme.px(22)
    readonly property color ink: !enabled ? Theme.colors.offInk
        : kind === "main" ? Theme.colors.accentInk
        : kind === "danger" ? Theme.colors.bad : Theme.colors.accent

    implicitWidth: Math.max(tall, Math.min(widest, measure.room + label.signs + 2 * inset + 2))
    implicitHeight: Math.max(tall, label.implicitHeight + Theme.px(16))
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.description: hint
    Accessible.focusable: true
    Accessible.focused: activeFocus
    Accessible.onPressAction: press()
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Space && event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter) return
        event.accepted = true
        if (!event.isAutoRepeat) press()
    }

    function press() { if (enabled && visible) clicked() }

    TextMetrics {
        id: measure
        readonly property real room: button.text === "" ? 0 : Math.ceil(advanceWidth) + 4
        font: label.font
        text: button.text
    }
    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !button.enabled ? (button.kind === "quiet" ? "transparent" : Theme.colors.off)
             : button.kind === "main" ? (touch.pressed ? Theme.colors.accentPressed : Theme.colors.accent)
             : button.kind === "quiet" ? (touch.pressed || touch.containsMouse ? Theme.colors.tint : "transparent")
             : button.kind === "danger" ? (touch.pressed ? Theme.colors.badTint : Theme.colors.surface)
             : touch.pressed || touch.containsMouse ? Theme.colors.tint : Theme.colors.surface
        border.width: button.kind === "quiet" || (button.kind === "main" && button.enabled) ? 0 : Theme.px(2)
        border.color: !button.enabled ? Theme.colors.line
                    : button.kind === "danger" ? Theme.colors.bad : Theme.colors.accent
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(10)
        Glyph {
            id: sign
            anchors.verticalCenter: parent.verticalCenter
            visible: button.glyph !== ""
            name: button.glyph
            color: button.ink
            size: button.size + 4
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            id: label
            readonly property real signs: (button.glyph === "" ? 0 : sign.implicitWidth + row.spacing)
                                          + (button.trailing === "" ? 0 : tail.implicitWidth + row.spacing)
            width: Math.max(0, Math.min(measure.room, button.width - 2 * button.inset - signs))
            text: button.text
            visible: text !== ""
            color: button.ink
            font.family: Theme.family
            font.pixelSize: button.small ? Theme.damped(button.size) : Theme.text(button.size)
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            horizontalAlignment: Text.AlignHCenter
            textFormat: Text.PlainText
            Accessible.ignored: true
        }
        Glyph {
            id: tail
            anchors.verticalCenter: parent.verticalCenter
            visible: button.trailing !== ""
            name: button.trailing
            color: button.ink
            size: button.size + 4
        }
    }
    MouseArea {
        id: touch
        anchors.fill: parent
        hoverEnabled: true
        cursorShape: Qt.PointingHandCursor
        onClicked: { button.forceActiveFocus(Qt.MouseFocusReason); button.press() }
    }
    FocusRing {}
}
