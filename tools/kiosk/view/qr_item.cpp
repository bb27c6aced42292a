// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/view/qr_item.hpp"

#include <QPainter>
#include <memory>

#include <qrencode.h>

namespace acredita::kiosk {

void QrItem::set_text(const QString& text) {
    if (text == text_) return;
    text_ = text;
    side_ = 0;
    dark_.clear();
    const auto bytes = text.toUtf8();
    const auto release = [](QRcode* code) { QRcode_free(code); };
    const std::unique_ptr<QRcode, decltype(release)> code(
        bytes.isEmpty()
            ? nullptr
            : QRcode_encodeData(static_cast<int>(bytes.size()),
                                reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_M),
        release);
    if (code) {
        side_ = code->width;
        for (int i = 0; i < side_ * side_; ++i) dark_.push_back((code->data[i] & 1U) != 0);
    }
    update();
    Q_EMIT textChanged();
}

void QrItem::paint(QPainter* painter) {
    constexpr int quiet = 4;
    painter->fillRect(QRectF(0, 0, width(), height()), Qt::white);
    if (side_ == 0) return;
    // Whole pixels a module: no grey edges.
    const int module = std::max(1, static_cast<int>(std::min(width(), height())) / (side_ + 2 * quiet));
    const int left = (static_cast<int>(width()) - module * side_) / 2;
    const int top = (static_cast<int>(height()) - module * side_) / 2;
    for (int row = 0; row < side_; ++row)
        for (int column = 0; column < side_; ++column)
            if (dark_[static_cast<std::size_t>(row * side_ + column)])
                painter->fillRect(left + column * module, top + row * module, module, module, Qt::black);
}

} // namespace acredita::kiosk
