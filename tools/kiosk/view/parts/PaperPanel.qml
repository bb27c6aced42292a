// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// What there is to take home on this page: printed, on the holder's own stick, or for the telephone.
Panel {
    id: panel
    readonly property var paper: Desk.paper
    readonly property string journal: visit.receipt.journal || ""

    glyph: "file"
    visible: !!paper && paper.something !== false
    title: Say.it("kiosk.proven.receipt")
    Flow {
        Layout.fillWidth: true
        spacing: Theme.px(10)
        ActionButton { glyph: "print"; text: Say.it("kiosk.proven.print"); enabled: !!panel.paper && !panel.paper.busy; onClicked: panel.paper.print() }
        ActionButton { glyph: "stick"; text: Say.it("kiosk.proven.pdf"); hint: Say.it("kiosk.proven.pdf.hint"); enabled: !!panel.paper && panel.paper.canSave && !panel.paper.busy; onClicked: sure.visible = true }
        ActionButton { glyph: "code"; text: Say.it("kiosk.proven.qr"); visible: !!panel.paper && panel.paper.code !== ""; onClicked: qr.visible = !qr.visible }
    }
    Panel {
        id: sure
        Layout.fillWidth: true
        visible: false
        tone: "warning"
        onVisibleChanged: if (visible) yes.forceActiveFocus(Qt.TabFocusReason) // the page scrolls to it
        inset: Theme.px(16)
        Prose { Layout.fillWidth: true; text: Say.it("kiosk.proven.pdf.sure"); size: 18 }
        Flow {
            Layout.fillWidth: true
            spacing: Theme.px(10)
            ActionButton { id: yes; text: Say.it("kiosk.proven.pdf.yes"); onClicked: { sure.visible = false; panel.paper.save() } }
            ActionButton { kind: "quiet"; text: Say.it("kiosk.proven.pdf.no"); onClicked: sure.visible = false }
        }
    }
    Verdict {
        Layout.fillWidth: true
        visible: !!panel.paper && (panel.paper.busy || panel.paper.done !== "")
        standing: !panel.paper || panel.paper.busy ? "wait" : "good"
        text: !panel.paper ? "" : panel.paper.busy ? Say.it("kiosk.proven.busy") : panel.paper.done === "printed" ? Say.it("kiosk.proven.printed")
            : Say.it("kiosk.proven.saved", {file: panel.paper.file})
        size: 18
        Accessible.role: Accessible.AlertMessage
    }
    MessageBlock {
        Layout.fillWidth: true
        visible: !!panel.paper && !!panel.paper.fault.what
        brief: true
        severity: "warning"
        message: panel.paper ? Object.assign({}, panel.paper.fault, {code: undefined}) : ({}) // a number here is taken for the receipt's
    }
    QrPanel {
        id: qr
        Layout.fillWidth: true
        visible: false
        side: 220
        address: false
        code: panel.paper ? panel.paper.code : ""
        caption: Say.it("kiosk.proven.qr.what")
    }
    Prose { Layout.fillWidth: true; visible: panel.journal !== ""; text: Say.it("kiosk.proven.journal", {head: panel.journal}); size: 16; quiet: true; wrapMode: Text.WrapAnywhere }
}
