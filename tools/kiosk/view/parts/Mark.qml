// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// A sign in a disc: "good", "bad", "warning", "wait", "info", "now", "skipped", "none".
Rectangle {
    id: mark

    property string standing: "none"
    property real size: 34
    readonly property bool filled: standing === "good" || standing === "bad" || standing === "now"
    readonly property color ink: standing === "good" ? Theme.colors.good : standing === "bad" ? Theme.colors.bad
        : standing === "warning" ? Theme.colors.warning : standing === "none" || standing === "skipped" ? Theme.colors.muted : Theme.colors.accent

    implicitWidth: Theme.damped(size); implicitHeight: implicitWidth
    radius: width / 2
    color: filled ? ink : "transparent"
    border.width: standing === "none" || standing === "skipped" ? Theme.px(2) : 0
    border.color: Theme.colors.control
    Accessible.ignored: true
    Glyph {
        anchors.centerIn: parent
        name: ({good: "tick", bad: "cross", warning: "warning", wait: "wait", info: "info", now: "forward", skipped: "minus"})[mark.standing] || ""
        size: mark.size * (mark.filled || mark.standing === "skipped" ? 0.64 : 0.84)
        stroke: mark.filled ? 3 : 2
        color: mark.filled ? Theme.colors.surface : mark.ink
    }
}
