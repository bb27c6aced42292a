// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/clock_facts.hpp"

#include "tools/desk/office.hpp"
#include "tools/office/record.hpp"

#include <cstdio>
#include <ctime>
#include <fstream>

#ifndef ACREDITA_BUILT
#error "the build says on which day it was made, as seconds since 1970"
#endif

namespace acredita::desk {
namespace {

// "2026-11-21T09:30:00.000Z"
std::optional<std::int64_t> seconds_of(const std::string& time) {
    std::tm parts{};
    if (std::sscanf(time.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &parts.tm_year, &parts.tm_mon, &parts.tm_mday,
                    &parts.tm_hour, &parts.tm_min, &parts.tm_sec) != 6)
        return std::nullopt;
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    return ::timegm(&parts);
}

std::optional<std::int64_t> newest_record() {
    auto office = open_office();
    if (!office || !*office) return std::nullopt;
    auto& journal = (*office)->journal;
    const auto head = journal.head();
    if (!head || head->number == 0) return std::nullopt;
    std::optional<std::int64_t> time;
    const auto read = journal.each(head->number, [&](std::string_view line) {
        if (const auto record = office::parse(line)) time = seconds_of(record->time);
        return false;
    });
    return read ? time : std::nullopt;
}

std::optional<std::int64_t> hardware_clock() {
    std::ifstream file("/sys/class/rtc/rtc0/since_epoch");
    std::int64_t seconds = 0;
    return file >> seconds ? std::optional(seconds) : std::nullopt;
}

} // namespace

ClockFacts clock_facts() {
    return {.now = std::time(nullptr),
            .built = ACREDITA_BUILT,
            .newest = newest_record(),
            .rtc = hardware_clock(),
            .synchronised = office::clock_source() == "synchronised"};
}

} // namespace acredita::desk
