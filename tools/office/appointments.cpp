// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/appointments.hpp"

namespace acredita::office {
namespace {

bool same(const Appointment& a, const Appointment& b) {
    return a.code == b.code && a.day == b.day && a.starts == b.starts && a.minutes == b.minutes &&
           a.name == b.name && a.service == b.service && a.state == b.state;
}

} // namespace

Result<std::vector<Appointment>> Appointments::read(const std::string& where,
                                                    const std::vector<Value>& values) {
    ACREDITA_TRY(rows,
                 database_.rows("SELECT source, code, day, starts, minutes, name, service, state, reason "
                                "FROM appointments WHERE " +
                                    where + " ORDER BY day, starts, source LIMIT 5000",
                                "ttttitttt", values));
    std::vector<Appointment> found;
    found.reserve(rows.size());
    for (const auto& row : rows)
        found.push_back({text(row[0]), text(row[1]), text(row[2]), text(row[3]), number(row[4]), text(row[5]),
                         text(row[6]), text(row[7]), text(row[8])});
    return found;
}

Result<void> Appointments::import_one(const Appointment& appointment, Imported& counts) {
    ACREDITA_TRY(before, read("source = :a", {appointment.source}));
    if (before.empty()) {
        ++counts.added;
        ACREDITA_CHECK(database_.run(
            "INSERT INTO appointments (source, code, day, starts, minutes, name, service, "
            "state, reason) VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i)",
            {appointment.source, appointment.code, appointment.day, appointment.starts, appointment.minutes,
             appointment.name, appointment.service, appointment.state, appointment.reason}));
        return {};
    }
    auto now = appointment;
    const bool revived = before[0].state == "cancelled" && appointment.state == "expected";
    if (appointment.state != "cancelled" && !revived) now.state = before[0].state;
    if (same(now, before[0])) {
        ++counts.unchanged;
        return {};
    }
    ++counts.changed;
    ACREDITA_CHECK(database_.run(
        "UPDATE appointments SET code = :a, day = :b, starts = :c, minutes = :d, name = :e, "
        "service = :f, state = :g WHERE source = :h",
        {now.code, now.day, now.starts, now.minutes, now.name, now.service, now.state, now.source}));
    return {};
}

Result<Appointments::Imported> Appointments::import(const std::vector<Appointment>& appointments) {
    return database_.write([&]() -> Result<Imported> {
        Imported counts;
        for (const auto& appointment : appointments) ACREDITA_CHECK(import_one(appointment, counts));
        return counts;
    });
}

Result<std::vector<Appointment>> Appointments::of_day(const std::string& day) {
    return read("day = :a", {day});
}

Result<Appointment> Appointments::by_code(const std::string& day, const std::string& code) {
    ACREDITA_TRY(found, read("day = :a AND code = :b AND state <> 'cancelled'", {day, code}));
    if (found.size() != 1) return fail(office_errc::appointment_unknown, as_field(code));
    return std::move(found.front());
}

Result<void> Appointments::mark(const std::string& source, const std::string& state) {
    ACREDITA_TRY(touched,
                 database_.run("UPDATE appointments SET state = :a WHERE source = :b", {state, source}));
    if (touched != 1) return fail(office_errc::appointment_unknown, as_field(source));
    return {};
}

Result<Appointment> Appointments::walk_in(const std::string& day, const std::string& time,
                                          const std::string& reason) {
    return database_.write([&]() -> Result<Appointment> {
        ACREDITA_TRY(counted, database_.rows("SELECT COUNT(*) FROM appointments WHERE day = :a", "i", {day}));
        const auto source = "walk-in:" + day + ":" + std::to_string(number(counted.at(0).at(0)) + 1);
        Imported counts;
        ACREDITA_CHECK(import_one({.source = source,
                                   .code = {},
                                   .day = day,
                                   .starts = time,
                                   .minutes = 15,
                                   .name = {},
                                   .service = {},
                                   .state = "arrived",
                                   .reason = as_field(reason)},
                                  counts));
        ACREDITA_TRY(made, read("source = :a", {source}));
        return std::move(made.at(0));
    });
}

Result<std::int64_t> Appointments::forget_before(const std::string& day) {
    ACREDITA_TRY(forgotten, database_.run("DELETE FROM appointments WHERE day < :a", {day}));
    ACREDITA_CHECK(database_.purge("appointments"));
    return forgotten;
}

} // namespace acredita::office
