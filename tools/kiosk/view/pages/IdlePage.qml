// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Item {
    Text { anchors.centerIn: parent; text: Say.it("kiosk.idle.title") }
}
