// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/kiosk/probe/layout.hpp"

#include <algorithm>

#include <QtGui/QAccessible>
#include <QtQuick/QQuickItem>

namespace acredita::probe {

namespace {

struct Above { // what a parent hands down
    QRectF clip;
    bool flicks = false;
    double opacity = 1;
};

// Where the letters are in the box of a Text.
QRectF letters(const QQuickItem& text) {
    const QSizeF size(text.property("contentWidth").toReal(), text.property("contentHeight").toReal());
    const auto across = text.property("effectiveHorizontalAlignment").toInt();
    const auto down = text.property("verticalAlignment").toInt();
    const qreal left = text.property("leftPadding").toReal();
    const qreal top = text.property("topPadding").toReal();
    const qreal wide = text.width() - left - text.property("rightPadding").toReal();
    const qreal high = text.height() - top - text.property("bottomPadding").toReal();
    const qreal x = (across & Qt::AlignHCenter) != 0 ? (wide - size.width()) / 2
                    : (across & Qt::AlignRight) != 0 ? wide - size.width()
                                                     : 0;
    const qreal y = (down & Qt::AlignVCenter) != 0  ? (high - size.height()) / 2
                    : (down & Qt::AlignBottom) != 0 ? high - size.height()
                                                    : 0;
    return {QPointF(left + x, top + y), size};
}

bool operated(QQuickItem* item) {
    auto* const found = QAccessible::queryAccessibleInterface(item);
    if (found == nullptr) return false;
    switch (found->role()) {
    case QAccessible::Button:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::Link:
    case QAccessible::EditableText:
        return true;
    default:
        return false;
    }
}

void walk(QQuickItem* item, const Above& above, std::vector<Painted>& all) {
    if (!item->isVisible()) return;
    Above here = above;
    here.opacity *= item->opacity();
    if (here.opacity < 0.01) return;
    Painted one{item,         item->mapRectToScene({0, 0, item->width(), item->height()}),
                {},           above.flicks,
                here.opacity, {},
                {},           {}};
    one.text = item->inherits("QQuickText") && !item->property("text").toString().trimmed().isEmpty();
    if (one.text) one.place = item->mapRectToScene(letters(*item));
    if (item->inherits("QQuickRectangle")) one.fill = item->property("color").value<QColor>();
    one.control = operated(item);
    one.seen = one.place.intersected(above.clip);
    if (item->clip()) {
        here.clip = here.clip.intersected(item->mapRectToScene({0, 0, item->width(), item->height()}));
        here.flicks = item->inherits("QQuickFlickable");
    }
    auto children = item->childItems();
    std::stable_sort(children.begin(), children.end(), [](auto* a, auto* b) { return a->z() < b->z(); });
    const auto behind = std::find_if(children.begin(), children.end(), [](auto* c) { return c->z() >= 0; });
    for (auto child = children.begin(); child != behind; ++child) walk(*child, here, all);
    all.push_back(one);
    for (auto child = behind; child != children.end(); ++child) walk(*child, here, all);
}

} // namespace

std::vector<Painted> painted(QQuickWindow& window) {
    std::vector<Painted> all;
    walk(window.contentItem(), {{0, 0, qreal(window.width()), qreal(window.height())}, false, 1}, all);
    return all;
}

} // namespace acredita::probe
