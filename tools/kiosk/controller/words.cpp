// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/words.hpp"

namespace acredita::kiosk {

QString Words::tag() const { return from(catalogue::tag(language_)); }

void Words::choose(const QString& tag) {
    const auto wanted = catalogue::language_of(tag.toStdString());
    if (wanted == language_) return;
    language_ = wanted;
    Q_EMIT languageChanged();
}

QString Words::text(const QString& key, const QVariantMap& fills) const {
    auto said = from(catalogue::text(key.toStdString(), language_));
    for (auto at = fills.begin(); at != fills.end(); ++at)
        said.replace("{" + at.key() + "}", at.value().toString());
    return said;
}

QString Words::say(std::string_view key, std::initializer_list<catalogue::Fill> fills) const {
    return from(catalogue::text(key, language_, fills));
}

} // namespace acredita::kiosk
