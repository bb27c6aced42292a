// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/letters.hpp"

namespace acredita::office {

Result<void> Letters::issue(const Letter& letter) {
    ACREDITA_CHECK(database_.run("INSERT INTO letters (folio, part, case_number, template, issued, length, "
                                 "sha256, signed, signed_sha256) "
                                 "VALUES (:a, :b, :c, :d, :e, :f, :g, '', '')",
                                 {letter.folio, letter.part, letter.case_number, letter.template_name,
                                  letter.issued, letter.length, letter.sha256}));
    return {};
}

Result<std::vector<Letter>> Letters::read(const std::string& where, const std::vector<Value>& values) {
    ACREDITA_TRY(rows,
                 database_.rows("SELECT folio, part, case_number, template, issued, length, sha256, signed, "
                                "signed_sha256 FROM letters WHERE " +
                                    where + " ORDER BY folio, part LIMIT 1000",
                                "tiittittt", values));
    std::vector<Letter> letters;
    letters.reserve(rows.size());
    for (const auto& row : rows)
        letters.push_back({text(row[0]), number(row[1]), number(row[2]), text(row[3]), text(row[4]),
                           number(row[5]), text(row[6]), text(row[7]), text(row[8])});
    return letters;
}

Result<std::vector<Letter>> Letters::find(const std::string& folio) {
    ACREDITA_TRY(letters, read("folio = :a", {folio}));
    if (letters.empty()) return fail(office_errc::folio_unknown, folio);
    return std::move(letters);
}

Result<std::vector<Letter>> Letters::of_case(std::int64_t case_number) {
    return read("case_number = :a", {case_number});
}

Result<std::optional<Letter>> Letters::with_content(std::int64_t length, const std::string& sha256) {
    ACREDITA_TRY(letters, read("length = :a AND sha256 = :b", {length, sha256}));
    if (letters.empty()) return std::nullopt;
    return std::move(letters.front());
}

Result<void> Letters::mark_signed(const std::string& folio, std::int64_t part, const std::string& when,
                                  const std::string& sha256) {
    return database_.write([&]() -> Result<void> {
        ACREDITA_TRY(touched, database_.run("UPDATE letters SET signed = :a, signed_sha256 = :b "
                                            "WHERE folio = :c AND part = :d AND signed = ''",
                                            {when, sha256, folio, part}));
        if (touched == 1) return {};
        ACREDITA_TRY(letters, find(folio));
        for (const auto& letter : letters)
            if (letter.part == part) return fail(office_errc::already_there, folio);
        return fail(office_errc::folio_unknown, folio);
    });
}

} // namespace acredita::office
