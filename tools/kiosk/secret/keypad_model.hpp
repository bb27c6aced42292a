// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The digits of a keypad on the screen, in the order they are shown in: 1 to 9 and 0, or any order, so that
// neither a glance at the hand nor the marks on the glass tell the PIN. Role `digit`, an int.
#pragma once

#include <array>

#include <QtCore/QAbstractListModel>

namespace acredita::kiosk {

class KeypadModel : public QAbstractListModel {
    Q_OBJECT
    // True: an order drawn anew each time this becomes true and each time shuffle() is called.
    Q_PROPERTY(bool shuffled READ shuffled WRITE set_shuffled NOTIFY shuffledChanged)

public:
    explicit KeypadModel(QObject* parent = nullptr);

    [[nodiscard]] bool shuffled() const noexcept { return shuffled_; }
    void set_shuffled(bool shuffled);
    // A new order from the system's cryptographic random numbers, all orders equally likely.
    Q_INVOKABLE void shuffle();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void shuffledChanged();

private:
    void show(bool in_any_order);

    std::array<int, 10> digits_{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    bool shuffled_ = false;
};

} // namespace acredita::kiosk
