// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A text as a QR code (ISO/IEC 18004), with the quiet zone of four modules that readers need. Always dark on
// white, in high contrast as well: many readers know no other.
#pragma once

#include <QQuickPaintedItem>
#include <vector>

namespace acredita::kiosk {

class QrItem : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE set_text NOTIFY textChanged)
    Q_PROPERTY(bool valid READ valid NOTIFY textChanged) // false: empty, or too long for one code

public:
    explicit QrItem(QQuickItem* parent = nullptr) : QQuickPaintedItem(parent) {}

    [[nodiscard]] QString text() const { return text_; }
    [[nodiscard]] bool valid() const noexcept { return side_ > 0; }
    void set_text(const QString& text);
    void paint(QPainter* painter) override;

Q_SIGNALS:
    void textChanged();

private:
    QString text_;
    int side_ = 0; // modules
    std::vector<bool> dark_;
};

} // namespace acredita::kiosk
