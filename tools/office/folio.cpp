// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/folio.hpp"

#include <algorithm>

namespace acredita::office {
namespace {

constexpr std::int64_t most_a_year = 999'999;

std::string spelled(std::int64_t year, std::int64_t count) {
    constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE"; // Real Decreto 1553/2005 article 11
    const auto letter = letters[static_cast<std::size_t>((year * 1'000'000 + count) % 23)];
    return "R-" + std::to_string(year) + "-" + std::to_string(1'000'000 + count).substr(1) + "-" + letter;
}

} // namespace

Result<std::string> next_folio(Database& database, std::int64_t year) {
    return database.write([&]() -> Result<std::string> {
        if (year < 1000 || year > 9999) return fail(office_errc::folio_malformed, std::to_string(year));
        ACREDITA_TRY(found, database.rows("SELECT last FROM folios WHERE year = :a", "i", {year}));
        const auto count = found.empty() ? 1 : number(found[0][0]) + 1;
        if (count > most_a_year) return fail(office_errc::folio_malformed, std::to_string(count));
        if (found.empty()) {
            ACREDITA_CHECK(database.run("INSERT INTO folios (year, last) VALUES (:a, :b)", {year, count}));
        } else {
            ACREDITA_CHECK(database.run("UPDATE folios SET last = :a WHERE year = :b", {count, year}));
        }
        return spelled(year, count);
    });
}

Result<std::string> read_folio(std::string_view typed) {
    std::string folio;
    for (const char c : typed.substr(0, 64))
        if (c != ' ' && c != '\t') folio += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    constexpr std::string_view shape = "R-0000-000000-A";
    const bool shaped = std::ranges::equal(folio, shape, [](char c, char form) {
        return form == '0' ? c >= '0' && c <= '9' : form == 'A' ? c >= 'A' && c <= 'Z' : c == form;
    });
    if (!shaped || folio != spelled(std::stoll(folio.substr(2, 4)), std::stoll(folio.substr(7, 6))))
        return fail(office_errc::folio_malformed, folio);
    return folio;
}

} // namespace acredita::office
