// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// carta.json, what the letter says of itself for programs: the same facts as on the page, keys by their
// SHA-256. Canonical JSON (RFC 8785: sorted names, no spaces, integers and text only), at most 16 KiB.
#pragma once

#include "tools/letter/document/errors.hpp"
#include "tools/letter/document/values.hpp"

#include <string_view>

namespace acredita::letter {

inline constexpr std::string_view data_name = "carta.json";
inline constexpr std::size_t largest_data = 16 * 1024;

// What a letter tells of a key.
struct KeyMark {
    std::string algorithm;
    unsigned bits = 0;
    Bytes fingerprint{}; // SHA-256 of the DER SubjectPublicKeyInfo
    friend bool operator==(const KeyMark&, const KeyMark&) = default;
};

struct LetterData {
    Signs signs = Signs::previous;
    std::string folio;
    std::string template_name;
    std::string issued;  // 2026-11-21T09:43:00Z
    std::string expires; // likewise
    std::string holder;  // NIF or NIE
    std::string office;
    KeyMark previous{};
    KeyMark renewed{};
    Bytes nonce{};
    Bytes previous_letter{};
    friend bool operator==(const LetterData&, const LetterData&) = default;
};

[[nodiscard]] Result<LetterData> data_of(const Letter& letter, std::string_view template_name);
[[nodiscard]] std::string write_data(const LetterData& data);
// Strict: canonical bytes, exactly the known names, each of its form; bad_value with the name as detail.
[[nodiscard]] Result<LetterData> read_data(std::string_view json);

} // namespace acredita::letter
