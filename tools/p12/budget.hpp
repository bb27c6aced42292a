// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How much work a file may ask for: 5 million iterations in one derivation, 10 million in a whole file, all
// tries of a password included. Shared by everything that derives a key from a password. Errors: too_costly
// (detail: what was asked for), cancelled.
#pragma once

#include "tools/p12/errc.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace acredita::p12 {

inline constexpr std::uint64_t most_iterations_at_once = 5'000'000;
inline constexpr std::uint64_t most_iterations_in_all = 10'000'000;
inline constexpr std::uint64_t most_scrypt_memory = std::uint64_t{128} * 1024 * 1024; // bytes

// What is being done with the derivations that are paid for.
enum class Stage {
    trying_password,    // one derivation for each reading of it, until one makes the MAC
    looking_for_damage, // no reading made it: is the password wrong, or was the file altered?
    opening,            // the contents
};

struct Progress {
    Stage stage = Stage::trying_password;
    std::uint64_t done = 0;    // iterations that are over, not counting the derivation that begins now
    std::uint64_t planned = 0; // what opening takes if the first reading of the password is right
    unsigned derivations = 0;  // begun so far, the one that begins now included
};
using ProgressListener = std::function<void(const Progress&)>; // called where the derivation begins

class Budget {
public:
    explicit Budget(std::stop_token stop = {}, ProgressListener listener = {})
        : stop_(std::move(stop)), listener_(std::move(listener)) {}

    void plan(std::uint64_t iterations) noexcept { progress_.planned = iterations; }
    void enter(Stage stage) noexcept { progress_.stage = stage; }

    [[nodiscard]] bool affords(std::uint64_t iterations) const noexcept {
        return iterations <= most_iterations_at_once && iterations <= left_;
    }
    [[nodiscard]] Result<void> spend(std::uint64_t iterations) {
        if (stop_.stop_requested()) return fail(p12_errc::cancelled);
        if (!affords(iterations)) return fail(p12_errc::too_costly, std::to_string(iterations));
        left_ -= iterations;
        ++progress_.derivations;
        if (listener_) listener_(progress_);
        progress_.done += iterations;
        return {};
    }

private:
    std::uint64_t left_ = most_iterations_in_all;
    std::stop_token stop_;
    ProgressListener listener_;
    Progress progress_;
};

} // namespace acredita::p12
