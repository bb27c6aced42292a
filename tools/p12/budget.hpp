// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How much work a file may ask for: 5 million iterations in one derivation, 10 million in a whole file, all
// tries of a password included. Shared by everything that derives a key from a password. Errors: too_costly
// (detail: what was asked for), cancelled.
#pragma once

#include "tools/p12/errc.hpp"

#include <cstdint>
#include <stop_token>

namespace acredita::p12 {

inline constexpr std::uint64_t most_iterations_at_once = 5'000'000;
inline constexpr std::uint64_t most_iterations_in_all = 10'000'000;
inline constexpr std::uint64_t most_scrypt_memory = std::uint64_t{128} * 1024 * 1024; // bytes

class Budget {
public:
    explicit Budget(std::stop_token stop = {}) noexcept : stop_(std::move(stop)) {}

    [[nodiscard]] bool affords(std::uint64_t iterations) const noexcept {
        return iterations <= most_iterations_at_once && iterations <= left_;
    }
    [[nodiscard]] Result<void> spend(std::uint64_t iterations) {
        if (stop_.stop_requested()) return fail(p12_errc::cancelled);
        if (!affords(iterations)) return fail(p12_errc::too_costly, std::to_string(iterations));
        left_ -= iterations;
        return {};
    }

private:
    std::uint64_t left_ = most_iterations_in_all;
    std::stop_token stop_;
};

} // namespace acredita::p12
