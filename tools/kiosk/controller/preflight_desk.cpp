// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/preflight_desk.hpp"

#include "tools/desk/surroundings.hpp"
#include "tools/kiosk/controller/trouble.hpp"

#include <algorithm>

namespace acredita::kiosk {

PreflightDesk::PreflightDesk(Words& words) : words_(words) {
    connect(&words_, &Words::languageChanged, this, &PreflightDesk::changed);
}

bool PreflightDesk::healthy() const noexcept {
    return std::ranges::none_of(checks_, [](const auto& check) { return check.health == desk::Health::bad; });
}

QVariantList PreflightDesk::checks() const {
    QVariantList list;
    for (const auto& check : checks_) {
        static constexpr const char* standings[] = {"good", "warning", "bad"};
        QVariantMap map{{"key", from(desk::name_of(check.subject))},
                        {"name", words_.say("desk.preflight." + std::string(desk::name_of(check.subject)))},
                        {"state", standings[static_cast<std::size_t>(check.health)]},
                        {"fact", from(check.fact)},
                        {"says", from(check.fact)}};
        if (check.fault) {
            const auto message = told(*check.fault, words_.language());
            map["says"] = from(message.what + " " + message.means);
            map["repair"] = from(message.action);
            map["code"] = message.code;
        }
        list.push_back(map);
    }
    return list;
}

void PreflightDesk::run() {
    if (busy_) return;
    busy_ = true;
    Q_EMIT changed();
    worker_.run(
        this, [] { return desk::preflight({.module = desk::module_choice("")}); },
        [this](std::vector<desk::Check> checks) {
            checks_ = std::move(checks);
            busy_ = false;
            Q_EMIT changed();
        });
}

} // namespace acredita::kiosk
