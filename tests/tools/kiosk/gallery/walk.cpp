// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/kiosk/gallery/walk.hpp"

#include <QQuickItem>
#include <QRegularExpression>
#include <cstring>

namespace acredita::test {
namespace {

constexpr double slack = 1.5; // pixels: what rounding does

bool is_text(const QQuickItem& item) { return item.inherits("QQuickText"); }
bool is_control(const QQuickItem& item) {
    return item.activeFocusOnTab() && item.isEnabled() && !item.property("length").isValid();
}

QRectF place(const QQuickItem& item) {
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
}

QString called(const QQuickItem& item) {
    const auto text = item.property("text").toString();
    QString name = QString::fromLatin1(item.metaObject()->className());
    name.truncate(name.indexOf(QRegularExpression("_QML|_[0-9]")));
    return name + " «" + text.left(50) + "»";
}

struct Seen {
    const QQuickItem* item;
    QRectF rect, shown; // whole, and what its surroundings leave of it
};

struct Walk {
    QRectF window;
    double zoom;
    std::vector<Seen> texts{}, controls{};
    QStringList faults{};

    void say(const QQuickItem& item, const QString& what) { faults.push_back(what + ": " + called(item)); }

    void look_at_text(const QQuickItem& item, const QRectF& rect, const QRectF& clip) {
        const auto text = item.property("text").toString();
        if (text.isEmpty()) return;
        static const QRegularExpression key(
            "^(kiosk|recipe|step)\\.[A-Za-z.0-9]+$|\\{[a-zA-Z]+\\}|undefined|\\[object");
        if (key.match(text).hasMatch()) say(item, "no words");
        if (item.property("truncated").toBool()) say(item, "cut off");
        if (item.property("contentWidth").toReal() > item.width() + slack ||
            item.property("contentHeight").toReal() > item.height() + slack)
            say(item, "over its own edges");
        if (rect.left() < clip.left() - slack || rect.right() > clip.right() + slack)
            say(item, "over the side of what holds it");
        if (rect.intersects(clip)) texts.push_back({&item, rect, rect.intersected(clip)});
    }

    void go(const QQuickItem& item, QRectF clip) {
        if (!item.isVisible() || item.opacity() < 0.05) return;
        const auto rect = place(item);
        if (item.clip()) clip = clip.intersected(rect);
        if (is_text(item)) look_at_text(item, rect, clip);
        if (is_control(item) && rect.intersects(clip)) {
            controls.push_back({&item, rect, rect.intersected(clip)});
            if (rect.width() < 48 * zoom - slack || rect.height() < 48 * zoom - slack)
                say(item, "too small for a finger");
            if (rect.left() < clip.left() - slack || rect.right() > clip.right() + slack)
                say(item, "over the side of what holds it");
            if (item.property("kind").toString() == "main" && !window.contains(rect))
                say(item, "main action out of sight");
        }
        for (const auto* child : item.childItems()) go(*child, clip);
    }

    void look_for_overlaps(const std::vector<Seen>& all, const char* what) {
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t k = i + 1; k < all.size(); ++k) {
                const auto both = all[i].shown.intersected(all[k].shown);
                if (both.width() <= 2 * slack || both.height() <= 2 * slack) continue;
                if (all[i].item->isAncestorOf(all[k].item) || all[k].item->isAncestorOf(all[i].item))
                    continue;
                say(*all[i].item, QString::fromLatin1(what) + " over " + called(*all[k].item));
            }
    }
};

// With a sheet open only the sheet is looked at.
const QQuickItem* top(const QQuickItem& item) {
    for (const auto* child : item.childItems()) {
        if (child->property("open").toBool() && child->property("closes").isValid()) return child;
        if (const auto* found = top(*child)) return found;
    }
    return nullptr;
}

} // namespace

QStringList faults_of(QQuickWindow& window, double zoom) {
    const QRectF whole(0, 0, window.width(), window.height());
    Walk walk{whole, zoom};
    const auto& root = *window.contentItem();
    const auto* sheet = top(root);
    walk.go(sheet == nullptr ? root : *sheet, whole);
    std::erase_if(walk.texts, [](const auto& seen) {
        for (const auto* up = seen.item; up != nullptr; up = up->parentItem())
            if (up->objectName() == "floats") return true;
        return false;
    });
    walk.look_for_overlaps(walk.texts, "text");
    walk.look_for_overlaps(walk.controls, "control");
    return walk.faults;
}

} // namespace acredita::test
