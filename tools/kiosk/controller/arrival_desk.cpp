// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/arrival_desk.hpp"

#include "tools/kiosk/controller/trouble.hpp"

namespace acredita::kiosk {
namespace {

constexpr const char* program = "acredita-kiosk";
const QString booked = "appointment:";

} // namespace

ArrivalDesk::ArrivalDesk(Words& words) : words_(words) {
    connect(&words_, &Words::languageChanged, this, &ArrivalDesk::changed);
}

QVariantList ArrivalDesk::appointments() const {
    QVariantList list;
    int number = 0;
    for (const auto& one : expected_)
        list.push_back(QVariantMap{{"id", QString::number(number++)},
                                   {"time", from(one.starts)},
                                   {"code", from(one.code)},
                                   {"service", from(one.service)},
                                   {"arrived", one.state == "arrived"}});
    return list;
}

QVariantMap ArrivalDesk::fault() const {
    return fault_ ? as_map(told(*fault_, words_.language())) : QVariantMap{};
}

void ArrivalDesk::refresh() {
    worker_.run(
        this,
        []() -> Result<std::vector<office::Appointment>> {
            ACREDITA_TRY(office, desk::open_office(program));
            if (!office) return std::vector<office::Appointment>{};
            return desk::CheckIn(*office).expected();
        },
        [this](Result<std::vector<office::Appointment>> list) {
            fault_.reset();
            expected_.clear();
            if (list)
                expected_ = *std::move(list);
            else
                fault_ = std::move(list.error());
            Q_EMIT changed();
        });
}

office::Facts ArrivalDesk::arrive(const QString& choice) {
    present_.reset();
    if (choice.startsWith(booked)) {
        const auto number = choice.mid(booked.size()).toULongLong();
        if (number >= expected_.size()) return {};
        const auto& one = expected_[number];
        present_ = one;
        worker_.run(
            this,
            [one]() -> Result<void> {
                ACREDITA_TRY(office, desk::open_office(program));
                if (office) ACREDITA_CHECK(desk::CheckIn(*office).arrive(one));
                return {};
            },
            [](const Result<void>&) {}); // the job's own record says it as well, and is not done without
        return desk::facts_of(one);
    }
    const auto why = choice.toStdString();
    worker_.run(
        this,
        [why]() -> Result<std::optional<office::Appointment>> {
            ACREDITA_TRY(office, desk::open_office(program));
            if (!office) return std::optional<office::Appointment>{};
            ACREDITA_TRY(made, desk::CheckIn(*office).walk_in(why));
            return std::optional(std::move(made));
        },
        [this](Result<std::optional<office::Appointment>> made) {
            if (made && !present_) present_ = *std::move(made);
        });
    return {{"walk_in", why}};
}

void ArrivalDesk::leave(bool served) {
    if (!present_) return;
    worker_.run(
        this,
        [one = *std::exchange(present_, {}), served]() -> Result<void> {
            ACREDITA_TRY(office, desk::open_office(program));
            if (office) ACREDITA_CHECK(desk::CheckIn(*office).leave(one, served));
            return {};
        },
        [this](const Result<void>&) { refresh(); });
}

} // namespace acredita::kiosk
