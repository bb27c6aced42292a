// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/letter_match.hpp"

#include "tools/cli/certificate_files.hpp"
#include "tools/cli/error.hpp"
#include "tools/letter/match/match.hpp"
#include "tools/office/letters.hpp"
#include "tools/p12/certificate.hpp"

#include <algorithm>

namespace acredita::cli {
namespace {

Result<Bytes> key_of(ByteView certificate) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    ACREDITA_TRY(parsed, p12::load_certificate(*crypto, certificate));
    ACREDITA_TRY(told, p12::describe_certificate(parsed.get(), certificate));
    return told.public_key_hash;
}

// What the office remembers of that part of that folio.
Result<std::optional<letter::IssuedLetter>> remembered(desk::Office& office, const std::string& folio,
                                                       letter::Signs signs) {
    auto letters = office::Letters(office.database).find(folio);
    if (!letters && is(letters.error(), office::office_errc::folio_unknown)) return std::nullopt;
    if (!letters) return fail(std::move(letters).error());
    const std::int64_t part = signs == letter::Signs::previous ? 1 : 2;
    const auto found = std::ranges::find(*letters, part, &office::Letter::part);
    if (found == letters->end()) return std::nullopt;
    ACREDITA_TRY(hash, from_hex(found->sha256));
    return letter::IssuedLetter{folio, signs, static_cast<std::uint64_t>(found->length), std::move(hash)};
}

} // namespace

void letter_choice_options(CLI::App& command, Program& program, LetterChoice& choice) {
    program.option(command, "--folio", choice.folio, "match_folio").type_name("TEXT");
    program.flag(command, "--second", choice.second, "match_second");
    program.option(command, "--first", choice.first, "match_first").type_name("FILE");
    program.option(command, "--other", choice.other, "match_other").type_name("FILE");
    program.flag(command, "--looked", choice.looked, "match_looked");
}

Result<void> match_choice(const LetterChoice& choice, const std::string& file, ByteView certificate,
                          desk::Office* office) {
    if (choice.folio.empty()) return {};
    letter::MatchRequest request;
    request.folio = choice.folio;
    request.signs = choice.second || !choice.first.empty() ? letter::Signs::renewed : letter::Signs::previous;
    request.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    request.looked = choice.looked;
    if (!choice.first.empty()) request.first = choice.first;
    ACREDITA_TRY(signing, key_of(certificate));
    request.signing_key = std::move(signing);
    if (!choice.other.empty()) {
        ACREDITA_TRY(others, read_certificates({choice.other}));
        if (others.empty()) return fail(cli_errc::file_unreadable, choice.other);
        ACREDITA_TRY(other, key_of(others.front()));
        request.other_key = std::move(other);
    }
    if (office != nullptr) {
        ACREDITA_TRY(issued, remembered(*office, choice.folio, request.signs));
        request.remembers = true;
        request.issued = std::move(issued);
    }
    ACREDITA_CHECK(letter::match_letter(file, request));
    return {};
}

} // namespace acredita::cli
