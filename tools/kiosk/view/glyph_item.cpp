// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/view/glyph_item.hpp"

#include <QPainter>
#include <QPainterPath>
#include <map>
#include <sstream>

namespace acredita::kiosk {
namespace {

// On a square of 24 by 24. M, L: move, line to. C: cubic curve. O x y r: circle. R x y w h r: box with round
// corners. D x y r: a filled disc.
const std::map<std::string_view, const char*>& drawings() {
    static const std::map<std::string_view, const char*> all{
        {"tick", "M 4 12.5 L 9.5 18 L 20 6.5"},
        {"cross", "M 6 6 L 18 18 M 18 6 L 6 18"},
        {"warning", "M 12 3.5 L 22 20.5 L 2 20.5 L 12 3.5 M 12 10 L 12 14.5 D 12 17.4 1.2"},
        {"info", "O 12 12 9.5 M 12 11 L 12 17 D 12 7.4 1.3"},
        {"help", "O 12 12 9.5 M 9 9.5 C 9 5.8 15 5.8 15 9.5 C 15 11.8 12 11.8 12 14 D 12 17.2 1.2"},
        {"clock", "O 12 12 9.5 M 12 6.5 L 12 12 L 16 14.5"},
        {"wait", "M 7 3 L 17 3 M 7 21 L 17 21 M 8 3 C 8 9 11 10 12 12 C 13 10 16 9 16 3 "
                 "M 8 21 C 8 15 11 14 12 12 C 13 14 16 15 16 21"},
        {"card", "R 2 5 20 14 2.5 R 5 9 5 4.5 1 M 13 15.5 L 19 15.5 M 13 12 L 16 12"},
        {"stick", "R 7 9 10 13 2 M 9 9 L 9 3 L 15 3 L 15 9 M 11.2 6 L 11.3 6 M 12.8 6 L 12.9 6 D 12 17 1.3"},
        {"lock", "R 5 11 14 10 2 M 8 11 L 8 7.5 C 8 2.2 16 2.2 16 7.5 L 16 11 D 12 16 1.5"},
        {"person", "O 12 8 4.2 M 4 21 C 4 14.5 20 14.5 20 21"},
        {"file", "M 6 2.5 L 14.5 2.5 L 19 7 L 19 21.5 L 6 21.5 L 6 2.5 M 14 3 L 14 7.5 L 18.5 7.5 "
                 "M 9 12.5 L 16 12.5 M 9 16.5 L 16 16.5"},
        {"home",
         "M 3 11.5 L 12 4 L 21 11.5 M 5.5 10 L 5.5 20.5 L 18.5 20.5 L 18.5 10 M 10 20.5 L 10 14.5 L 14 "
         "14.5 L 14 20.5"},
        {"forward", "M 4 12 L 19.5 12 M 13 5.5 L 19.5 12 L 13 18.5"},
        {"backward", "M 20 12 L 4.5 12 M 11 5.5 L 4.5 12 L 11 18.5"},
        {"down", "M 12 4 L 12 19.5 M 5.5 13 L 12 19.5 L 18.5 13"},
        {"erase", "M 8 5 L 22 5 L 22 19 L 8 19 L 2 12 L 8 5 M 12 9 L 18 15 M 18 9 L 12 15"},
        {"eye", "M 1.5 12 C 6 4.5 18 4.5 22.5 12 C 18 19.5 6 19.5 1.5 12 O 12 12 3.2"},
        {"noeye", "M 1.5 12 C 6 4.5 18 4.5 22.5 12 C 18 19.5 6 19.5 1.5 12 O 12 12 3.2 M 4 20.5 L 20 3.5"},
        {"shuffle", "M 3 7 L 7 7 L 16 17 L 21 17 M 3 17 L 7 17 L 9.5 14.3 M 13.5 9.8 L 16 7 L 21 7 "
                    "M 18.5 4 L 21.5 7 L 18.5 10 M 18.5 14 L 21.5 17 L 18.5 20"},
        {"mail", "R 2.5 5 19 14 2 M 3 6.5 L 12 13.5 L 21 6.5"},
        {"phone",
         "M 6 2.8 L 9.5 2.8 L 11 8 L 8.6 9.8 C 9.8 12.4 11.6 14.2 14.2 15.4 L 16 13 L 21.2 14.5 L 21.2 18 "
         "C 21.2 25 -1 9 3 3.8 C 3.8 2.9 5 2.8 6 2.8"},
        {"tools", "M 14.5 6.5 C 14.5 3.5 17.5 2 20 3 L 17 6 L 18.2 7.2 L 21 4.2 C 22.2 6.8 20.5 9.5 17.5 9.5 "
                  "L 7.5 20 C 5.8 21.8 2.6 18.6 4.4 16.9 L 14.5 6.5"},
        {"print",
         "R 2.5 9 19 8.5 2 M 6.5 9 L 6.5 3 L 17.5 3 L 17.5 9 M 6.5 14 L 17.5 14 L 17.5 21 L 6.5 21 L 6.5 14"},
        {"code",
         "R 3 3 7 7 1 R 14 3 7 7 1 R 3 14 7 7 1 M 14 14 L 17 14 L 17 17 M 21 14 L 21 21 L 18 21 M 14 18 L 14 "
         "21"},
        {"browser", "R 2.5 4 19 16 2 M 2.5 9 L 21.5 9 D 5.7 6.5 0.9 D 8.7 6.5 0.9"},
        {"letters",
         "M 2 19 L 7.5 5 L 13 19 M 4 14.5 L 11 14.5 M 15 19 L 18.5 10 L 22 19 M 16.2 16 L 20.8 16"},
        {"contrast", "O 12 12 9.5 M 12 3 L 12 21 M 15 4 L 15 20 M 18 6 L 18 18 M 20.4 9 L 20.4 15"},
        {"globe",
         "O 12 12 9.5 M 2.5 12 L 21.5 12 M 12 2.5 C 5.5 8 5.5 16 12 21.5 M 12 2.5 C 18.5 8 18.5 16 12 21.5"},
        {"leave", "M 10 4 L 4 4 L 4 20 L 10 20 M 9.5 12 L 21 12 M 16 7 L 21 12 L 16 17"},
        {"list", "M 9 6 L 21 6 M 9 12 L 21 12 M 9 18 L 21 18 D 4.5 6 1.4 D 4.5 12 1.4 D 4.5 18 1.4"},
        {"pen", "M 4 20 L 5 15.5 L 16.5 4 L 20 7.5 L 8.5 19 L 4 20 M 14 6.5 L 17.5 10"},
        {"reader",
         "R 2.5 12 19 9.5 2 M 6.5 12 L 6.5 4 L 17.5 4 L 17.5 12 R 9 6.5 3.5 2.8 0.6 M 6 17 L 13 17 D 17.5 17 "
         "1.2"},
        {"calendar",
         "R 3 5 18 16 2 M 3 10 L 21 10 M 8 2.5 L 8 7 M 16 2.5 L 16 7 D 8 14.5 1.2 D 12 14.5 1.2 D 16 14.5 "
         "1.2"},
        {"sound",
         "M 3 9 L 7 9 L 12 4.5 L 12 19.5 L 7 15 L 3 15 L 3 9 M 15.5 8.5 C 17.5 10.5 17.5 13.5 15.5 15.5 "
         "M 18.5 5.5 C 22 9 22 15 18.5 18.5"},
        {"nosound",
         "M 3 9 L 7 9 L 12 4.5 L 12 19.5 L 7 15 L 3 15 L 3 9 M 16 9.5 L 21 14.5 M 21 9.5 L 16 14.5"},
        {"ring", "O 12 12 8.5"},
        {"disc", "D 12 12 5"},
        {"minus", "M 5 12 L 19 12"},
    };
    return all;
}

struct Drawing {
    QPainterPath lines, discs;
};

Drawing drawn(const char* orders) {
    Drawing out;
    std::istringstream in(orders);
    char order = 0;
    qreal n[6] = {};
    const auto read = [&](int count) {
        for (int i = 0; i < count; ++i) in >> n[i];
    };
    while (in >> order) {
        if (order == 'M') {
            read(2);
            out.lines.moveTo(n[0], n[1]);
        } else if (order == 'L') {
            read(2);
            out.lines.lineTo(n[0], n[1]);
        } else if (order == 'C') {
            read(6);
            out.lines.cubicTo(n[0], n[1], n[2], n[3], n[4], n[5]);
        } else if (order == 'O') {
            read(3);
            out.lines.addEllipse(QPointF(n[0], n[1]), n[2], n[2]);
        } else if (order == 'R') {
            read(5);
            out.lines.addRoundedRect(QRectF(n[0], n[1], n[2], n[3]), n[4], n[4]);
        } else {
            read(3);
            out.discs.addEllipse(QPointF(n[0], n[1]), n[2], n[2]);
        }
    }
    return out;
}

} // namespace

GlyphItem::GlyphItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    setAntialiasing(true);
    connect(this, &GlyphItem::changed, this, [this] { update(); });
}

void GlyphItem::paint(QPainter* painter) {
    const auto found = drawings().find(name_.toStdString());
    if (found == drawings().end()) return;
    const auto drawing = drawn(found->second);
    const auto side = std::min(width(), height());
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate((width() - side) / 2, (height() - side) / 2);
    painter->scale(side / 24, side / 24);
    painter->strokePath(drawing.lines, QPen(color_, stroke_, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->fillPath(drawing.discs, color_);
}

} // namespace acredita::kiosk
