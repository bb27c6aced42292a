// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

// The desks beside the visit. Each may be missing: a page that shows something without it does.
QtObject {
    readonly property QtObject arrival: typeof arrivals === "undefined" ? null : arrivals
    readonly property QtObject check: typeof preflight === "undefined" ? null : preflight
    readonly property QtObject paper: typeof papers === "undefined" ? null : papers
    readonly property QtObject help: typeof support === "undefined" ? null : support
    readonly property QtObject trial: typeof browser === "undefined" ? null : browser
    readonly property QtObject exercise: typeof practice === "undefined" ? null : practice
    readonly property QtObject sound: typeof chime === "undefined" ? null : chime
    readonly property QtObject rule: typeof pinRules === "undefined" ? null : pinRules
}
