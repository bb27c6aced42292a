// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is painted in a window, in the order it is painted, and what is wrong with it.
#pragma once

#include <vector>

#include <QtCore/QJsonObject>
#include <QtCore/QRectF>
#include <QtGui/QColor>
#include <QtQuick/QQuickWindow>

namespace acredita::probe {

// One item that can be seen, where it can be seen.
struct Painted {
    QQuickItem* item = nullptr;
    QRectF place;        // of its content in the window
    QRectF seen;         // of that, what nothing clips
    bool flicks = false; // what clips it can be scrolled
    double opacity = 1;
    bool text = false;
    bool control = false; // a button, a tick box, a field
    QColor fill;          // of a rectangle; invalid: none
};

[[nodiscard]] std::vector<Painted> painted(QQuickWindow& window);

// {"texts": n, "controls": n, "lowest contrast": r, "smallest letters": px, "faults": [{"kind", "what",
// "detail"}]}
[[nodiscard]] QJsonObject judge(QQuickWindow& window);

// WCAG 2.2, "contrast ratio", of a colour painted over an opaque one.
[[nodiscard]] double contrast(const QColor& ink, const QColor& ground);

} // namespace acredita::probe
