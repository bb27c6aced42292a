// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Window {
    id: window
    visible: true
    width: 1280
    height: 800
    title: "Acredita"

    Loader {
        anchors.fill: parent
        source: "pages/" + visit.page.charAt(0).toUpperCase() + visit.page.slice(1) + "Page.qml"
    }
}
