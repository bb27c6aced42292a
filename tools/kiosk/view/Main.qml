// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQuick
import Acredita.Kiosk

Window {
    id: window
    visible: true
    visibility: visit.practice ? Window.AutomaticVisibility : Window.FullScreen // the office PC shows nothing else
    width: 1280
    height: 800
    minimumWidth: 1024
    minimumHeight: 720
    title: "Acredita · " + Office.name
    color: Theme.colors.page

    Binding { target: Theme; property: "window"; value: Qt.size(window.width, window.height) }
    Frame { anchors.fill: parent }
}
