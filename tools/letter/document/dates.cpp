// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/dates.hpp"

#include <cstdio>

namespace acredita::letter {

namespace {

std::string printed(const char* format, std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char out[32];
    std::snprintf(out, sizeof out, format, int(date.year()), unsigned(date.month()), unsigned(date.day()),
                  int(clock.hours().count()), int(clock.minutes().count()), int(clock.seconds().count()));
    return out;
}

} // namespace

std::string iso_time(std::chrono::sys_seconds time) {
    return printed("%04d-%02u-%02uT%02d:%02d:%02dZ", time);
}

std::string pdf_time(std::chrono::sys_seconds time) { return printed("D:%04d%02u%02u%02d%02d%02dZ", time); }

} // namespace acredita::letter
