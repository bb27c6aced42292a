// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
pragma Singleton
import QtQuick

QtObject {
    property bool highContrast: false
    property real scale: 1.0
}
