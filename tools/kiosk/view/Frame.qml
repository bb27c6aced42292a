// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What stands around every page: whose office, how far, help, and the way out.
FocusScope {
    id: frame
    objectName: "frame"

    readonly property QtObject theme: Theme // for whoever looks from outside
    property string shown: visit.page
    property string sheet // which of "help", "support", "contact" is open

    focus: true
    Accessible.role: Accessible.Client
    Accessible.name: Office.name

    readonly property bool covered: sheet !== "" || visit.leaving || idleTime.warning

    // The keys of a browser lead nowhere; Esc asks before anything is lost.
    Keys.onPressed: event => {
        const alt = event.modifiers & Qt.AltModifier
        if (event.key === Qt.Key_Back || event.key === Qt.Key_Forward
                || (alt && (event.key === Qt.Key_Left || event.key === Qt.Key_Right))) {
            event.accepted = true
        } else if (event.key === Qt.Key_Escape) {
            event.accepted = true
            if (visit.page !== "idle") visit.leave()
        } else if (event.key === Qt.Key_F1) {
            event.accepted = true
            frame.sheet = "help"
        }
    }

    Connections {
        target: visit
        function onPageChanged() {
            if (frame.shown === visit.page) return // only the language has changed
            frame.shown = visit.page
            frame.sheet = ""
            // What it says stands on the page as well.
            if (Desk.sound) Desk.sound.play(visit.page === "proven" || visit.page === "pinDone" ? "done"
                                            : visit.page === "trouble" || visit.page === "refusal" ? "trouble" : "step")
        }
    }

    Rectangle { anchors.fill: parent; color: Theme.colors.page }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        enabled: !frame.covered

        FrameHead { Layout.fillWidth: true }
        StepStrip { Layout.fillWidth: true; visible: visit.step > 0 && !(visit.page === "takeBack" && !visit.receipt.certificate) && (visit.purpose === undefined || visit.purpose === "load") }
        NoticeBanner { Layout.fillWidth: true }
        Loader {
            id: pages
            Layout.fillWidth: true
            Layout.fillHeight: true
            focus: true
            source: "pages/" + visit.page.charAt(0).toUpperCase() + visit.page.slice(1) + "Page.qml"
            onLoaded: {
                item.focus = true
                if (item.start) Qt.callLater(() => { if (pages.item && pages.item.start) pages.item.start() })
            }
        }
        PracticeDesk { Layout.fillWidth: true }
        FrameFoot {
            Layout.fillWidth: true
            onAsked: sheet => frame.sheet = sheet
        }
    }

    HelpSheet { open: frame.sheet === "help"; onClosed: frame.sheet = "" }
    SupportSheet { open: frame.sheet === "support"; onClosed: frame.sheet = "" }
    ContactSheet { open: frame.sheet === "contact"; onClosed: frame.sheet = "" }
    LeaveSheet { open: visit.leaving && !idleTime.warning }
    IdleSheet { open: idleTime.warning }

    onCoveredChanged: if (!covered) pages.forceActiveFocus()
}
