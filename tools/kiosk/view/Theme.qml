// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

// Colours, sizes and letters of every page. `text(n)` follows the person's choice of larger text, `px(n)` only the
// window; headings and the frame grow half as much as the text they stand above, so that 200 % still leaves room.
QtObject {
    id: theme

    property bool highContrast: false
    property real scale: 1.0 // of text: 1, 1.5, 2
    property size window: Qt.size(1280, 800)

    readonly property real zoom: {
        const whole = window.height > window.width ? window.width / 900
                                                   : Math.min(window.width / 1280, window.height / 800)
        return Math.max(1, Math.min(window.height > window.width ? 1.2 : 1.5, whole))
    }
    // How much stands beside each other: two columns of the geometry, and two columns of this size of text.
    readonly property bool wide: window.width / zoom >= 1000
    readonly property bool roomy: window.width / zoom / scale >= 950

    readonly property string family: "Inter"
    readonly property real gap: px(16)
    readonly property real radius: px(10)
    readonly property real touch: px(48)
    readonly property real mainTouch: px(64)

    readonly property QtObject colors: highContrast ? high : calm

    function px(size) { return Math.round(size * zoom) }
    function text(size) { return Math.round(size * zoom * scale) }
    function damped(size) { return Math.round(size * zoom * (1 + (scale - 1) * 0.5)) }

    readonly property QtObject calm: QtObject {
        readonly property color page: "#eef2f5"
        readonly property color surface: "#ffffff"
        readonly property color raised: "#f6f9fb"
        readonly property color line: "#c3ced8"
        readonly property color control: "#66788a" // borders of what can be operated: 3:1 at least
        readonly property color text: "#14212d"
        readonly property color muted: "#44535f"
        readonly property color accent: "#0a5a78"
        readonly property color accentPressed: "#07465e"
        readonly property color accentInk: "#ffffff"
        readonly property color tint: "#e1eff5"
        readonly property color good: "#17663a"
        readonly property color goodTint: "#e4f4ea"
        readonly property color warning: "#7a4700"
        readonly property color warningTint: "#fff3d9"
        readonly property color bad: "#a11d1d"
        readonly property color badTint: "#fdecea"
        readonly property color practice: "#5b2a86"
        readonly property color practiceInk: "#ffffff"
        readonly property color focus: "#b4470a"
        readonly property color header: "#0b3344"
        readonly property color headerInk: "#ffffff"
        readonly property color scrim: "#a00b1c26"
        readonly property color off: "#e3e8ec" // of a control that waits for something
        readonly property color offInk: "#4d5a66"
    }

    readonly property QtObject high: QtObject {
        readonly property color page: "#000000"
        readonly property color surface: "#000000"
        readonly property color raised: "#0d0d0d"
        readonly property color line: "#ffffff"
        readonly property color control: "#ffffff"
        readonly property color text: "#ffffff"
        readonly property color muted: "#ffffff"
        readonly property color accent: "#ffe600"
        readonly property color accentPressed: "#fff7a8"
        readonly property color accentInk: "#000000"
        readonly property color tint: "#1c1c1c"
        readonly property color good: "#7dff9b"
        readonly property color goodTint: "#001f0b"
        readonly property color warning: "#ffd27a"
        readonly property color warningTint: "#261800"
        readonly property color bad: "#ffb3ad"
        readonly property color badTint: "#2b0000"
        readonly property color practice: "#f0d0ff"
        readonly property color practiceInk: "#000000"
        readonly property color focus: "#00e5ff"
        readonly property color header: "#000000"
        readonly property color headerInk: "#ffffff"
        readonly property color scrim: "#d0000000"
        readonly property color off: "#262626"
        readonly property color offInk: "#d0d0d0"
    }

    // What is written on what: a test computes the contrast of each pair in both palettes (4.5:1 at least).
    readonly property var pairs: [
        ["text", "page"], ["text", "surface"], ["text", "raised"], ["text", "tint"], ["text", "goodTint"],
        ["text", "warningTint"], ["text", "badTint"], ["muted", "page"], ["muted", "surface"], ["muted", "raised"],
        ["muted", "tint"], ["muted", "goodTint"], ["muted", "warningTint"], ["muted", "badTint"],
        ["accent", "page"], ["accent", "surface"], ["accent", "raised"], ["accent", "tint"], ["accentInk", "accent"],
        ["accentInk", "accentPressed"], ["good", "surface"], ["good", "goodTint"], ["warning", "surface"],
        ["warning", "warningTint"], ["bad", "surface"], ["bad", "badTint"], ["practiceInk", "practice"],
        ["headerInk", "header"], ["offInk", "off"]]

    // WCAG 2.2, "contrast ratio" and "relative luminance".
    function contrast(one, other) {
        function part(v) { return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4) }
        function light(c) { return 0.2126 * part(c.r) + 0.7152 * part(c.g) + 0.0722 * part(c.b) }
        const a = light(one), b = light(other)
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    }
}
