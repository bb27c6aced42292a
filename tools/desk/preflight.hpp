// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is everything there that a visit needs, before anybody comes? No card is touched, nothing is written, and
// each question is given up when it takes too long.
#pragma once

#include "pkcs11/client/route/choice.hpp"
#include "tools/catalogue/catalogue.hpp"
#include "tools/desk/error.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace acredita::desk {

enum class Subject { service, reader, module, clock, disk, database };
enum class Health { ok, doubtful, bad }; // doubtful: a visit can begin, and somebody should look

struct Check {
    Subject subject{};
    Health health = Health::ok;
    std::string fact{};           // what was found, for people who know; may be empty
    std::optional<Error> fault{}; // unless ok: what it means and how it is repaired (catalogue::message)
};

// "service" ...; the catalogue says it as "desk.preflight.<name>".
[[nodiscard]] std::string_view name_of(Subject subject) noexcept;
[[nodiscard]] std::string_view name_of(Health health) noexcept;

struct Preflight {
    client::Choice module{};
    std::chrono::milliseconds patience{std::chrono::seconds(5)}; // for each question; they run side by side
};

// In the order of Subject.
[[nodiscard]] std::vector<Check> preflight(const Preflight& what);

// One of them alone, in this thread.
[[nodiscard]] Check check_now(Subject subject, const client::Choice& module);

// What a clock is judged by; whatever is not known is nullopt. Seconds since 1970, UTC.
struct ClockFacts {
    std::int64_t now = 0;
    std::int64_t built = 0;               // the day this program was made
    std::optional<std::int64_t> newest{}; // the newest record of the journal
    std::optional<std::int64_t> rtc{};    // the clock that runs while the computer is off
    bool synchronised = false;
};
[[nodiscard]] Check judge_clock(const ClockFacts& facts);
[[nodiscard]] Check judge_disk(std::uint64_t free_bytes);

} // namespace acredita::desk
