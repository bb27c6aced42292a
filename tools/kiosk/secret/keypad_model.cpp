// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/secret/keypad_model.hpp"

#include <QtCore/QRandomGenerator>

namespace acredita::kiosk {

KeypadModel::KeypadModel(QObject* parent) : QAbstractListModel(parent) {}

void KeypadModel::set_shuffled(bool shuffled) {
    if (shuffled == shuffled_) return;
    shuffled_ = shuffled;
    show(shuffled);
    Q_EMIT shuffledChanged();
}

void KeypadModel::shuffle() {
    if (!shuffled_) {
        set_shuffled(true);
        return;
    }
    show(true);
}

void KeypadModel::show(bool in_any_order) {
    beginResetModel();
    digits_ = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    if (in_any_order) {
        // Fisher and Yates: every order with the same probability.
        for (std::size_t last = digits_.size() - 1; last > 0; --last)
            std::swap(digits_[last],
                      digits_[QRandomGenerator::system()->bounded(static_cast<quint32>(last + 1))]);
    }
    endResetModel();
}

int KeypadModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(digits_.size());
}

QVariant KeypadModel::data(const QModelIndex& index, int role) const {
    const bool known =
        index.isValid() && index.row() >= 0 && index.row() < rowCount() && role == Qt::UserRole;
    return known ? QVariant(digits_[static_cast<std::size_t>(index.row())]) : QVariant();
}

QHash<int, QByteArray> KeypadModel::roleNames() const { return {{Qt::UserRole, "digit"}}; }

} // namespace acredita::kiosk
