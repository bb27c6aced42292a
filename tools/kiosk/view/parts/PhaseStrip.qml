// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// "¿Dónde estoy?": the five phases of a certificate of FNMT, and the card. One is missing? Its panel says what
// it is and where it is done.
ColumnLayout {
    id: strip

    property int open: -1
    readonly property string site: "https://www.sede.fnmt.gob.es/"
    readonly property string own: site + "certificados/persona-fisica/obtener-certificado-software/"
    readonly property var phases: [
        {key: "setup", link: own + "configuracion-previa"},
        {key: "request", link: own + "solicitar-certificado", code: true},
        {key: "identity", link: own + "acreditar-identidad", code: true},
        {key: "download", link: own + "descargar-certificado", code: true},
        {key: "backup", link: site + "preguntas-frecuentes/exp-imp-y-elim-de-certificados"},
        {key: "card", link: ""}]

    spacing: Theme.px(12)
    Title { Layout.fillWidth: true; text: Say.it("kiosk.phases.title"); size: 25 }
    Prose { Layout.fillWidth: true; text: Say.it("kiosk.phases.lead"); size: 18; quiet: true }
    GridLayout {
        Layout.fillWidth: true
        columns: Theme.roomy ? 6 : Theme.window.width / Theme.zoom / Theme.scale > 560 ? 3 : 2
        columnSpacing: Theme.px(10)
        rowSpacing: Theme.px(10)
        Repeater {
            model: strip.phases
            delegate: PhaseCard {
                required property int index
                required property var modelData
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.preferredWidth: 1
                number: index + 1
                text: Say.it("kiosk.phase." + modelData.key)
                here: modelData.key === "card"
                open: strip.open === index
                onClicked: strip.open = open ? -1 : index
            }
        }
    }
    Panel {
        id: panel
        readonly property var phase: strip.open < 0 ? ({}) : strip.phases[strip.open]
        Layout.fillWidth: true
        visible: strip.open >= 0
        tone: "info"
        title: strip.open < 0 ? "" : (strip.open + 1) + ". " + Say.it("kiosk.phase." + phase.key)
        Prose { Layout.fillWidth: true; text: panel.visible ? Say.it("kiosk.phase." + panel.phase.key + ".what") : "" }
        Prose { Layout.fillWidth: true; visible: text !== ""; strong: true; text: panel.phase.code ? Say.it("kiosk.phases.code") : "" }
        QrPanel {
            Layout.fillWidth: true
            visible: panel.visible && panel.phase.link !== ""
            code: panel.phase.link || ""
            caption: Say.it("kiosk.phases.link")
        }
    }
}
