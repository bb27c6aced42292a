// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Is this file the letter that is to be signed now? Asked before any PIN, in the order of the checks of
// docs/letters.md; the first that fails names its sub-code of "error 71".
#pragma once

#include "tools/letter/document/data.hpp"
#include "tools/letter/match/errors.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace acredita::letter {

// What an office remembers of a letter it issued.
struct IssuedLetter {
    std::string folio;
    Signs signs = Signs::previous;
    std::uint64_t size = 0; // bytes
    Bytes sha256{};
};

struct MatchRequest {
    std::string folio;
    Signs signs = Signs::previous;
    Bytes signing_key{}; // SHA-256 of the SubjectPublicKeyInfo of the key that will sign
    Bytes other_key{};   // of the other key of the renewal; empty: not known
    std::chrono::sys_seconds now{};
    bool remembers = false;                       // whether there is a memory of issued letters to ask
    std::optional<IssuedLetter> issued{};         // what it holds of that folio and part
    std::optional<std::filesystem::path> first{}; // for the second letter: the first as signed
    bool looked = false; // a person has compared the page, for a letter that another authority made
};

struct Matched {
    bool by_bytes = false;            // it is, byte for byte, what was issued
    std::optional<LetterData> data{}; // nullopt: a letter of another authority
    std::vector<Bytes> printed{};     // the keys it prints
};

// Errors: match_errc, and letter_errc for a medium that fails.
[[nodiscard]] Result<Matched> match_letter(const std::filesystem::path& file, const MatchRequest& request);

} // namespace acredita::letter
