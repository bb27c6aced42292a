// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Looks over a page as it stands in its window for what nobody should see: text cut off or over its edges,
// two things on top of each other, controls too small for a finger, keys of the catalogue instead of words.
#pragma once

#include <QQuickWindow>
#include <QStringList>

namespace acredita::test {

// One line a fault. `zoom`: how many pixels one unit of the theme is.
[[nodiscard]] QStringList faults_of(QQuickWindow& window, double zoom);

} // namespace acredita::test
