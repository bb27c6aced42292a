// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The signs of the pages (a tick, a card, a stick...), drawn by ourselves: sharp at every size, in every
// colour, with no file to load. A name that does not exist draws nothing.
#pragma once

#include <QColor>
#include <QQuickPaintedItem>

namespace acredita::kiosk {

class GlyphItem : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QString name MEMBER name_ NOTIFY changed)
    Q_PROPERTY(QColor color MEMBER color_ NOTIFY changed)
    Q_PROPERTY(qreal stroke MEMBER stroke_ NOTIFY changed) // of a drawing 24 units wide

public:
    explicit GlyphItem(QQuickItem* parent = nullptr);

    void paint(QPainter* painter) override;

Q_SIGNALS:
    void changed();

private:
    QString name_;
    QColor color_ = Qt::black;
    qreal stroke_ = 2;
};

} // namespace acredita::kiosk
