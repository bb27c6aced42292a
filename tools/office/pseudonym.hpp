// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// People, cards and certificates under names that mean something only together with the key of their month:
// HMAC-SHA-256. When a month's key is destroyed, nobody can tell any more whose its records are, and the
// chain verifies as before. Regulation (EU) 2016/679 articles 4(5) and 5(1)(e).
#pragma once

#include "tools/office/database.hpp"

namespace acredita::office {

enum class Subject { holder, card, certificate };

class Pseudonyms {
public:
    explicit Pseudonyms(Database& database) noexcept : database_(database) {}

    // Under the key of this month ("2026-11"), which is made if there is none; inside of a write(). "" for
    // "".
    [[nodiscard]] Result<std::string> of(Subject subject, std::string_view identity,
                                         const std::string& month);
    // Under every key that still exists: all names this identity may have in the journal.
    [[nodiscard]] Result<std::vector<std::string>> all_of(Subject subject, std::string_view identity);

    struct Month {
        std::string name;
        std::string destroyed; // when, "" if it is not
    };
    [[nodiscard]] Result<std::vector<Month>> months();
    // month_unknown; month_in_use if it is `current` or an open case was named with it. What was destroyed
    // before stays destroyed.
    [[nodiscard]] Result<void> destroy(const std::string& month, const std::string& current,
                                       const std::string& when);

private:
    Database& database_;
};

// NIFs as people write them, "12.345.678-z", in one spelling.
[[nodiscard]] std::string plain_identity(std::string_view identity);

} // namespace acredita::office
