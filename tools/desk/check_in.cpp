// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/check_in.hpp"

#include <algorithm>
#include <ctime>

namespace acredita::desk {
namespace {

std::string local(office::Clock::time_point now, const char* form) {
    const auto seconds = office::Clock::to_time_t(now);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, form, &parts)};
}

} // namespace

CheckIn::CheckIn(Office& office, office::Clock::time_point now)
    : office_(office), appointments_(office.database), day_(local(now, "%Y-%m-%d")),
      time_(local(now, "%H:%M")) {}

Result<std::vector<office::Appointment>> CheckIn::expected() {
    ACREDITA_TRY(all, appointments_.of_day(day_));
    std::erase_if(all, [](const auto& one) { return one.state != "expected" && one.state != "arrived"; });
    std::ranges::stable_sort(all, {}, &office::Appointment::starts);
    return std::move(all);
}

Result<office::Appointment> CheckIn::arrive(const office::Appointment& appointment) {
    return office_.database.write([&]() -> Result<office::Appointment> {
        ACREDITA_CHECK(appointments_.mark(appointment.source, "arrived"));
        ACREDITA_CHECK(office_.journal.append(
            {.action = "appointments.arrive", .facts = {{"starts", appointment.starts}}}));
        auto arrived = appointment;
        arrived.state = "arrived";
        return arrived;
    });
}

Result<office::Appointment> CheckIn::walk_in(const std::string& reason) {
    const auto why = office::as_field(reason);
    if (why.empty()) return fail(desk_errc::reason_needed);
    return office_.database.write([&]() -> Result<office::Appointment> {
        ACREDITA_TRY(made, appointments_.walk_in(day_, time_, why));
        ACREDITA_CHECK(
            office_.journal.append({.action = "appointments.walk_in", .facts = {{"reason", why}}}));
        return std::move(made);
    });
}

Result<void> CheckIn::leave(const office::Appointment& appointment, bool served) {
    return office_.database.write([&]() -> Result<void> {
        ACREDITA_CHECK(appointments_.mark(appointment.source, served ? "done" : "expected"));
        ACREDITA_CHECK(office_.journal.append(
            {.action = "appointments.leave",
             .facts = {{"starts", appointment.starts}, {"served", served ? "yes" : "no"}}}));
        return {};
    });
}

office::Facts facts_of(const office::Appointment& appointment) {
    if (appointment.reason.empty()) return {{"appointment", appointment.starts}};
    return {{"walk_in", appointment.reason}};
}

} // namespace acredita::desk
