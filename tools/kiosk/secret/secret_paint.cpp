// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a SecretField looks: dots, or glyphs if the person chose so, and a cursor behind the last.
#include "tools/kiosk/secret/secret_field.hpp"

#include <algorithm>

#include <QtGui/QFontMetricsF>
#include <QtGui/QGlyphRun>
#include <QtGui/QPainter>
#include <QtGui/QRawFont>

namespace acredita::kiosk {

namespace {

constexpr qreal dot_width = 0.36;   // of the height of the font
constexpr qreal dot_advance = 0.56; // likewise
constexpr int characters_wide = 12; // what an unsized field has room for

// One character and how far it goes; nothing of it outlives the object.
struct Glyph {
    quint32 index = 0;
    QPointF at;
    qreal advance = 0;

    Glyph(const QRawFont& font, char32_t character) {
        const auto units = QChar::fromUcs4(character);
        QChar text[2] = {};
        int count = 0;
        for (const auto unit : units) text[count++] = QChar(unit);
        int glyphs = 1;
        if (!font.glyphIndexesForChars(text, count, &index, &glyphs)) index = 0;
        QPointF width;
        font.advancesForGlyphIndexes(&index, &width, 1);
        advance = width.x();
        explicit_bzero(static_cast<void*>(text), sizeof text);
    }
    Glyph(const Glyph&) = delete;
    Glyph& operator=(const Glyph&) = delete;
    ~Glyph() { explicit_bzero(&index, sizeof index); }

    void draw(QPainter& painter, const QRawFont& font) const {
        QGlyphRun run;
        run.setRawFont(font);
        run.setRawData(&index, &at, 1);
        painter.drawGlyphRun({}, run);
    }
};

} // namespace

void SecretField::resize() {
    const QFontMetricsF metrics(font_);
    setImplicitSize(metrics.height() * dot_advance * characters_wide, metrics.height());
    update();
}

void SecretField::paint(QPainter* painter) {
    const qreal size = QFontMetricsF(font_).height();
    const qreal cursor = std::max(1.0, size / 16);
    const qreal room = width() - 2 * cursor;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(color_);
    painter->setBrush(color_);
    painter->save();
    qreal used = 0;
    if (shown()) {
        used = paint_glyphs(*painter, room);
    } else {
        const auto fit = std::max(0, static_cast<int>(room / (size * dot_advance)));
        const int dots = std::min(length(), fit);
        painter->setPen(Qt::NoPen);
        const qreal top = (height() - size * dot_width) / 2;
        for (int i = 0; i < dots; ++i, used += size * dot_advance)
            painter->drawEllipse(
                QRectF(used + size * (dot_advance - dot_width) / 2, top, size * dot_width, size * dot_width));
    }
    painter->restore();
    if (hasActiveFocus())
        painter->fillRect(QRectF(std::min(used + cursor / 2, room), (height() - size) / 2, cursor, size),
                          color_);
}

qreal SecretField::paint_glyphs(QPainter& painter, qreal room) {
    const auto font = QRawFont::fromFont(font_);
    // From the last character back, as many as there is room for.
    qreal wide = 0;
    std::size_t first = entry_.length();
    while (first > 0) {
        const Glyph glyph(font, entry_.at(first - 1).value_or(U' '));
        if (wide + glyph.advance > room) break;
        wide += glyph.advance;
        --first;
    }
    const qreal line = (height() + font.ascent() - font.descent()) / 2;
    for (std::size_t i = first; i < entry_.length(); ++i) {
        Glyph glyph(font, entry_.at(i).value_or(U' '));
        glyph.at = {0, line};
        glyph.draw(painter, font);
        painter.translate(glyph.advance, 0);
    }
    return wide;
}

} // namespace acredita::kiosk
