// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A list of appointments as other programs export it: CSV (RFC 4180, also with ';' and in Windows-1252, as
// Spanish spreadsheets write it) or iCalendar (RFC 5545). Whoever made the file is not trusted: size, rows,
// lengths and depth are bounded, and a row that makes no sense is left out and named, never guessed.
#pragma once

#include "tools/office/error.hpp"

#include <cstdint>
#include <vector>

namespace acredita::office {

inline constexpr std::size_t longest_list = std::size_t{4} << 20U; // bytes
inline constexpr std::size_t most_appointments = 5000;
inline constexpr std::size_t longest_field = 500;

struct Appointment {
    std::string source; // what names it in its calendar; the same when it is imported again
    std::string code;   // what the person brings along; may be empty
    std::string day;    // of the office's own clock and calendar: "2026-11-21"
    std::string starts; // "09:30"
    std::int64_t minutes = 15;
    std::string name;
    std::string service;
    std::string state = "expected"; // "arrived", "done", "absent", "cancelled"
    std::string reason{};           // of one without appointment
};

struct AppointmentList {
    std::vector<Appointment> appointments{};
    struct Skipped {
        std::int64_t line; // where it begins, from 1
        std::string why;
    };
    std::vector<Skipped> skipped{};
};

// Both are told apart by their first line. import_unreadable, import_too_large. `time_zone` is what the file
// may call the office's own ("Europe/Madrid"); times of other zones are left out, those in UTC are converted
// with this computer's zone.
[[nodiscard]] Result<AppointmentList> read_appointments(std::string_view file, std::string_view time_zone);

// The two readers behind it, for text that is UTF-8 and not too long.
[[nodiscard]] Result<AppointmentList> read_csv(std::string_view text);
[[nodiscard]] Result<AppointmentList> read_icalendar(std::string_view text, std::string_view time_zone);

// What both share. Empty text: it is none.
[[nodiscard]] std::string as_day(std::string_view text);  // 2026-11-21, 20261121, 21/11/2026, 21-11-2026
[[nodiscard]] std::string as_time(std::string_view text); // 9:30, 09:30, 09:30:00, 0930, 093000
// Without control characters and blanks at its ends, at most longest_field bytes.
[[nodiscard]] std::string as_field(std::string_view text);

} // namespace acredita::office
