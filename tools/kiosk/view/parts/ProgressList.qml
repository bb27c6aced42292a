// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

// The steps of the work, each with its sign and its word: waiting, now, done, skipped, failed.
Row {
    id: list

    property var steps: []
    readonly property int columns: Theme.roomy ? 2 : 1
    readonly property int most: Math.ceil(steps.length / columns)

    spacing: Theme.px(32)
    Accessible.role: Accessible.List
    Accessible.name: Say.it("kiosk.progress.title")

    Repeater {
        model: list.columns
        delegate: Column {
            id: column
            required property int index
            width: (list.width - list.spacing * (list.columns - 1)) / list.columns
            spacing: Theme.px(8)
            Repeater {
                model: list.steps.slice(column.index * list.most, (column.index + 1) * list.most)
                delegate: Item {
                    id: step
                    required property var modelData
                    readonly property string standing: modelData.state
                    width: column.width
                    implicitHeight: Math.max(mark.height, said.y + said.height)
                    Accessible.role: Accessible.ListItem
                    Accessible.name: modelData.words + ": " + Say.it("kiosk.state." + standing)
                    Mark {
                        id: mark
                        size: 30
                        standing: ({done: "good", failed: "bad", now: "now", skipped: "skipped"})[step.standing] || "none"
                    }
                    Prose {
                        id: said
                        x: mark.width + Theme.px(14)
                        y: Math.max(0, (mark.height - Theme.text(18) * 1.25) / 2)
                        width: parent.width - x - (how.visible ? how.width + Theme.px(12) : 0)
                        text: step.modelData.words
                        size: 18
                        strong: step.standing === "now" || step.standing === "failed"
                        quiet: step.standing === "waiting" || step.standing === "skipped"
                        Accessible.ignored: true
                    }
                    Prose {
                        id: how
                        anchors.right: parent.right
                        y: said.y
                        visible: step.standing === "now" || step.standing === "skipped" || step.standing === "failed"
                        text: Say.it("kiosk.state." + step.standing)
                        size: 16; quiet: true
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
}
