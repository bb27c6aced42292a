// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Business that is not finished: a renewal between its two letters. A case is found again by the card alone,
// at any kiosk of the office. Holder and card are kept as pseudonyms of the month it was opened in; what else
// must be remembered stands in its facts, which end with the case.
#pragma once

#include "tools/office/canonical.hpp"
#include "tools/office/pseudonym.hpp"

#include <optional>

namespace acredita::office {

struct Case {
    std::int64_t number = 0;
    std::string kind;  // "renewal"
    std::string state; // as its kind names it
    bool finished = false;
    std::string opened, changed; // UTC, "2026-11-21T09:30:00.000Z"
    std::int64_t revision = 1;
    Facts facts{};
};

class Cases {
public:
    explicit Cases(Database& database) noexcept : database_(database) {}

    struct Opening {
        std::string kind, state;
        std::string holder, card; // NIF, serial number
        std::string when;
        Facts facts{};
    };
    // case_open (with its number) if this card has one of this kind that is not finished.
    [[nodiscard]] Result<Case> open(const Opening& opening);

    // Unfinished ones, oldest first.
    [[nodiscard]] Result<std::vector<Case>> of_card(std::string_view serial);
    [[nodiscard]] Result<std::vector<Case>> of_holder(std::string_view nif);
    [[nodiscard]] Result<Case> get(std::int64_t number);

    // The case goes on from exactly what the caller has seen: case_changed if somebody else was faster.
    [[nodiscard]] Result<Case> advance(const Case& seen, const std::string& state, const Facts& facts,
                                       const std::string& when);
    // The same, for the last time: nothing but kind, end state and times is left.
    [[nodiscard]] Result<Case> finish(const Case& seen, const std::string& state, const std::string& when);

private:
    [[nodiscard]] Result<std::vector<Case>> read(const std::string& where, const std::vector<Value>& values);
    [[nodiscard]] Result<std::vector<Case>> of(Subject subject, std::string_view identity);
    [[nodiscard]] Result<Case> write(const Case& seen, const std::string& state, const Facts& facts,
                                     bool finished, const std::string& when);

    Database& database_;
};

} // namespace acredita::office
