// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

// Say.it("kiosk.idle.title"): reading the language here makes whoever binds to it follow a change at once.
QtObject {
    // A day as the catalogue's families give it (2026-03-02), as people write it.
    function day(iso) {
        const part = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso || "")
        if (!part) return iso || ""
        return words.language === "es" ? part[3] + "/" + part[2] + "/" + part[1]
            : Number(part[3]) + " " + ["January", "February", "March", "April", "May", "June", "July", "August", "September",
                                      "October", "November", "December"][Number(part[2]) - 1] + " " + part[1]
    }

    function it(key, fills) {
        return words.language === "" ? "" : words.text(key, fills === undefined ? {} : fills)
    }
}
