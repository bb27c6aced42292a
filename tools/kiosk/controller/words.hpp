// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every sentence on the screen, in the language of the moment. QML asks through view/Say.qml, so that all of
// them change at once when the language does.
#pragma once

#include "tools/catalogue/catalogue.hpp"

#include <QObject>
#include <QString>
#include <QVariantMap>

namespace acredita::kiosk {

class Words final : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString language READ tag WRITE choose NOTIFY languageChanged) // "es", "en"

public:
    explicit Words(catalogue::Language language) : language_(language) {}

    [[nodiscard]] catalogue::Language language() const noexcept { return language_; }
    [[nodiscard]] QString tag() const;
    void choose(const QString& tag);

    // `fills`: values for the {names} in it.
    Q_INVOKABLE [[nodiscard]] QString text(const QString& key, const QVariantMap& fills = {}) const;
    [[nodiscard]] QString say(std::string_view key, std::initializer_list<catalogue::Fill> fills = {}) const;

Q_SIGNALS:
    void languageChanged();

private:
    catalogue::Language language_;
};

[[nodiscard]] inline QString from(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace acredita::kiosk
