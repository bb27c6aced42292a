// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// The work itself, step by step as it happens.
PageBody {
    id: page
    readonly property var steps: visit.progress
    readonly property bool writing: steps.some(step => step.state === "now" && (step.key === "store_key" || step.key === "store_certificate"))
    readonly property bool pinpad: visit.question.reader === true

    readonly property bool loading: visit.purpose === undefined || visit.purpose === "load"

    title: Say.it(loading ? "kiosk.progress.title" : "kiosk.progress.card")
    lead: !loading ? "" : Say.it(writing ? "kiosk.progress.writing" : "kiosk.progress.lead")
    measure: 1080
    Panel { Layout.fillWidth: true; visible: page.pinpad; tone: "info"; LookAtReader { Layout.fillWidth: true } }
    Panel {
        Layout.fillWidth: true
        visible: page.loading
        ProgressList { Layout.fillWidth: true; steps: page.steps }
    }
    Verdict { Layout.fillWidth: true; standing: "warning"; text: Say.it("kiosk.progress.leave"); size: 18 }
}
