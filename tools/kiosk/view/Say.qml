// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

// Say.it("kiosk.idle.title"): reading the language here makes whoever binds to it follow a change at once.
QtObject {
    function it(key, fills) {
        return words.language === "" ? "" : words.text(key, fills === undefined ? {} : fills)
    }
}
