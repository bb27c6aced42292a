// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The letters this office has issued: length and digest of each, so that what comes back can be told from
// everything else. The letter itself is not kept.
#pragma once

#include "tools/office/database.hpp"

#include <optional>

namespace acredita::office {

struct Letter {
    std::string folio;
    std::int64_t part = 1;        // 1 or 2: the first and the second letter of a renewal
    std::int64_t case_number = 0; // 0: of no case
    std::string template_name;    // "carta-renovacion@3"
    std::string issued;           // UTC
    std::int64_t length = 0;      // bytes
    std::string sha256;           // of those bytes
    std::string signed_at{};      // UTC; "" while it is not
    std::string signed_sha256{};  // of the signed file
};

class Letters {
public:
    explicit Letters(Database& database) noexcept : database_(database) {}

    // already_there: this part of this folio was issued before, and is not replaced.
    [[nodiscard]] Result<void> issue(const Letter& letter);
    // All parts, in order; folio_unknown if there are none.
    [[nodiscard]] Result<std::vector<Letter>> find(const std::string& folio);
    [[nodiscard]] Result<std::vector<Letter>> of_case(std::int64_t case_number);
    // The letter of exactly this length and digest, whatever its folio.
    [[nodiscard]] Result<std::optional<Letter>> with_content(std::int64_t length, const std::string& sha256);
    // folio_unknown; already_there: it is signed already, and that stays.
    [[nodiscard]] Result<void> mark_signed(const std::string& folio, std::int64_t part,
                                           const std::string& when, const std::string& sha256);

private:
    [[nodiscard]] Result<std::vector<Letter>> read(const std::string& where,
                                                   const std::vector<Value>& values);

    Database& database_;
};

} // namespace acredita::office
