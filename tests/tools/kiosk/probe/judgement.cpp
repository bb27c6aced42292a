// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/kiosk/probe/layout.hpp"

#include <algorithm>
#include <cmath>

#include <QtCore/QJsonArray>
#include <QtGui/QAccessible>
#include <QtQuick/QQuickItem>

namespace acredita::probe {

namespace {

constexpr double least_contrast = 4.5; // WCAG 2.2, 1.4.3
constexpr double least_touch = 44;     // px on each side; WCAG 2.2, 2.5.5
constexpr double slack = 1.5;          // px: letters are measured in fractions

double linear(double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); }

double luminance(const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

QColor over(const QColor& ink, double alpha, const QColor& ground) {
    const auto mixed = [alpha](double a, double b) {
        return static_cast<float>(a * alpha + b * (1 - alpha));
    };
    return QColor::fromRgbF(mixed(ink.redF(), ground.redF()), mixed(ink.greenF(), ground.greenF()),
                            mixed(ink.blueF(), ground.blueF()));
}

bool within(const QQuickItem* item, const QQuickItem* ancestor) {
    for (; item != nullptr; item = item->parentItem())
        if (item == ancestor) return true;
    return false;
}

QString what(const Painted& one) {
    auto text = one.item->property("text").toString();
    if (text.isEmpty()) text = one.item->property("name").toString();
    return text.isEmpty() ? one.item->metaObject()->className() : text.left(60);
}

QString numbers(const QRectF& r) {
    return QString("%1,%2 %3x%4")
        .arg(r.x(), 0, 'f', 0)
        .arg(r.y(), 0, 'f', 0)
        .arg(r.width(), 0, 'f', 0)
        .arg(r.height(), 0, 'f', 0);
}

class Judgement {
public:
    explicit Judgement(QQuickWindow& window) : window_(window), all_(painted(window)) {}

    QJsonObject result() {
        for (std::size_t i = 0; i < all_.size(); ++i) {
            const auto& one = all_[i];
            if (one.seen.width() < 1 || one.seen.height() < 1) {
                if (one.text && !one.flicks && !covered(i, one.place))
                    fault("outside", one, numbers(one.place));
                continue;
            }
            if (one.text && !covered(i, one.seen)) text(i);
            if (one.control && !covered(i, one.seen)) control(one);
        }
        for (std::size_t i = 0; i < all_.size(); ++i)
            for (std::size_t j = i + 1; j < all_.size(); ++j) pair(i, j);
        return {{"texts", texts_},
                {"controls", controls_},
                {"lowest contrast", std::round(lowest_ * 100) / 100},
                {"smallest letters", smallest_},
                {"faults", faults_}};
    }

private:
    void fault(const char* kind, const Painted& one, const QString& detail) {
        faults_.append(QJsonObject{{"kind", kind}, {"what", what(one)}, {"detail", detail}});
    }

    // Something painted later hides all of it, or a veil says that it is not its turn.
    [[nodiscard]] bool covered(std::size_t i, const QRectF& place) const {
        for (std::size_t j = i + 1; j < all_.size(); ++j) {
            const auto& later = all_[j];
            if (later.fill.isValid() && later.fill.alphaF() * later.opacity > 0.4 &&
                !within(all_[i].item, later.item) &&
                later.seen.adjusted(-slack, -slack, slack, slack).contains(place))
                return true;
        }
        return false;
    }

    void text(std::size_t i) {
        const auto& one = all_[i];
        const auto& item = *one.item;
        ++texts_;
        const QRectF box = item.mapRectToScene({0, 0, item.width(), item.height()});
        if (item.property("truncated").toBool())
            fault("cut off", one, "its box is too small: " + numbers(box));
        if (one.place.width() > box.width() + slack || one.place.height() > box.height() + slack)
            fault("too large", one, numbers(one.place) + " in " + numbers(box));
        const bool cut_across = one.seen.width() < one.place.width() - slack;
        const bool cut_down = one.seen.height() < one.place.height() - slack && !one.flicks;
        if (cut_across || cut_down)
            fault("cut off", one, "of " + numbers(one.place) + " is seen " + numbers(one.seen));
        for (auto* around = item.parentItem(); around != nullptr; around = around->parentItem()) {
            const auto found =
                std::find_if(all_.begin(), all_.end(), [&](const auto& p) { return p.item == around; });
            if (found == all_.end() ||
                !(found->control || (found->fill.isValid() && found->fill.alpha() > 0)))
                continue;
            if (!found->place.adjusted(-slack, -slack, slack, slack).contains(one.seen))
                fault("sticks out", one, numbers(one.seen) + " of " + numbers(found->place));
            break;
        }
        ground(i);
        const auto letters = item.property("font").value<QFont>().pixelSize();
        if (letters > 0) smallest_ = smallest_ == 0 ? letters : std::min(smallest_, letters);
    }

    void ground(std::size_t i) {
        const auto& one = all_[i];
        QColor under = window_.color();
        const auto middle = one.seen.center();
        for (std::size_t j = 0; j < i; ++j)
            if (all_[j].fill.isValid() && all_[j].seen.contains(middle))
                under = over(all_[j].fill, all_[j].fill.alphaF() * all_[j].opacity, under);
        const auto color = one.item->property("color").value<QColor>();
        const double ratio = contrast(over(color, color.alphaF() * one.opacity, under), under);
        lowest_ = std::min(lowest_, ratio);
        if (ratio < least_contrast)
            fault("contrast", one,
                  QString("%1:1, %2 on %3").arg(ratio, 0, 'f', 2).arg(color.name(), under.name()));
    }

    void control(const Painted& one) {
        ++controls_;
        // A field is touched by the frame around it, which is the page's.
        if (QAccessible::queryAccessibleInterface(one.item)->role() == QAccessible::EditableText) return;
        if (one.place.width() < least_touch || one.place.height() < least_touch)
            fault("small", one, numbers(one.place));
    }

    void pair(std::size_t i, std::size_t j) {
        const auto& a = all_[i];
        const auto& b = all_[j];
        if (!(a.text || a.control) || !(b.text || b.control)) return;
        const auto common = a.seen.intersected(b.seen);
        if (common.width() < 2 * slack || common.height() < 2 * slack) return;
        if (within(a.item, b.item) || within(b.item, a.item) || covered(i, common) || covered(j, common))
            return;
        fault("overlap", a, what(b) + ", " + numbers(common));
    }

    QQuickWindow& window_;
    std::vector<Painted> all_;
    QJsonArray faults_;
    int texts_ = 0, controls_ = 0, smallest_ = 0;
    double lowest_ = 21;
};

} // namespace

double contrast(const QColor& ink, const QColor& ground) {
    const double a = luminance(ink);
    const double b = luminance(ground);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QJsonObject judge(QQuickWindow& window) { return Judgement(window).result(); }

} // namespace acredita::probe
