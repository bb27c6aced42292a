// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The wording of a letter: a TOML file per letter and language (docs/letter-templates.md). A template is data
// of the office and read as carefully as any other: known words only, bounded, in one pass.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/document/errors.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acredita::letter {

struct Block {
    enum class Kind : std::uint8_t {
        letterhead, // institution, office and where it is
        date_line,  // place and date, to the right
        addressee,
        heading,
        paragraph,
        list,
        facts,     // items "label: value" in two columns
        key,       // heading, fingerprint and SubjectPublicKeyInfo of one key, in one piece; field: which
        signature, // an empty signature field; text: what stands above it
        code,      // the QR code; text: what stands beside it
        sheet,     // what follows begins on a new one
    };
    Kind kind = Kind::paragraph;
    std::string text{};
    std::vector<std::string> items{};
    std::string field{}; // of a signature: its name; of a key: "previous" or "renewed"
};

struct Template {
    std::string id; // "renovacion-1"
    unsigned version = 0;
    std::string language; // BCP 47: "es-ES"
    std::string title;
    std::string date; // "{day} de {month} de {year}"
    std::array<std::string, 12> months{};
    std::vector<Block> blocks{};
    // "fingerprint" and "public_key" stand before them; "alt_code" tells the QR code to who cannot see it.
    std::map<std::string, std::string, std::less<>> words{};

    [[nodiscard]] std::string name() const { return id + "@" + std::to_string(version); }
    [[nodiscard]] std::string_view word(std::string_view key) const;
};

using Values = std::map<std::string, std::string, std::less<>>;

// bad_template with the line or the word as detail.
[[nodiscard]] Result<Template> parse_template(const std::string& text);
[[nodiscard]] Result<Template> read_template(const std::filesystem::path& file);

// "{name}" becomes the value of that name; "{{" is a brace. missing_value with the name as detail.
[[nodiscard]] Result<std::string> fill(std::string_view text, const Values& values);

} // namespace acredita::letter
