// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import QtQuick.Layouts
import Acredita.Kiosk

// Several backups: chosen by what they are. The name of the file stands last and small; it proves nothing.
PageBody {
    id: page
    function start() { list.start() }
    title: Say.it("kiosk.backups.title")
    lead: Say.it("kiosk.backups.lead")
    measure: 860
    missing: list.chosen < 0 ? Say.it("kiosk.choose.missing") : ""
    ChoiceList {
        id: list
        Layout.fillWidth: true
        name: page.title
        rows: visit.backups.map(backup => ({
            title: Say.it("kiosk.backup.of", {date: backup.date}),
            lines: (backup.remarks || []).concat(backup.fault && !backup.usable ? [backup.fault.what] : [])
                   .concat([Say.it("kiosk.backup.file", {name: (backup.folder ? backup.folder + "/" : "") + backup.name})]),
            tag: Say.it(backup.usable ? "kiosk.backup.usable" : "kiosk.backup.unusable"),
            off: !backup.usable}))
    }
    actions: [
        ActionButton { id: go; kind: "main"; text: Say.it("kiosk.backups.take"); trailing: "forward"; enabled: list.chosen >= 0; onClicked: visit.takeBackup(visit.backups[list.chosen].index) },
        ActionButton { text: Say.it("kiosk.back"); glyph: "backward"; implicitHeight: go.height; onClicked: visit.back() }
    ]
}
