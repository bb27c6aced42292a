// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter make: the letter of a renewal, from both certificates; the second from the first as signed.
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/desk/office.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/document/document.hpp"
#include "tools/letter/document/office.hpp"
#include "tools/letter/match/attachment.hpp"
#include "tools/letter/verify.hpp"
#include "tools/office/folio.hpp"
#include "tools/office/letters.hpp"
#include "tools/practice/places.hpp"
#include "tools/renewal/party.hpp"

#include <ctime>
#include <iostream>

#include <openssl/rand.h>

namespace acredita::cli {
namespace {

using letter::document_errc;

struct Options {
    std::string previous, renewed, folio, output, first, user, email;
    std::string office = letter::office_file;
    std::string templates = practice::places::letter_templates().string();
    std::string language;
    unsigned days = 30;
};

Result<renewal::Party> read_party(const std::string& file) {
    ACREDITA_TRY(certificates, read_certificates({file}));
    if (certificates.empty()) return fail(cli_errc::file_unreadable, file);
    return renewal::party_of(certificates.front());
}

std::chrono::year_month_day local_day(std::chrono::sys_seconds now) {
    const auto seconds = std::chrono::system_clock::to_time_t(now);
    std::tm here{};
    localtime_r(&seconds, &here);
    return std::chrono::year(here.tm_year + 1900) / (here.tm_mon + 1) / here.tm_mday;
}

// Ties the second letter to the first: the same case, the same keys, and the first one signed with the
// previous key.
Result<void> follow(letter::Letter& to, const std::string& first) {
    ACREDITA_TRY(data, letter::data_in(first));
    if (!data || data->signs != letter::Signs::previous || data->folio != to.folio)
        return fail(document_errc::first_letter_needed);
    ACREDITA_TRY(report, letter::verify_pdf(first, {}));
    ACREDITA_TRY(fingerprint, letter::digest_of(EVP_sha256(), to.previous.spki));
    ACREDITA_TRY(renewed, letter::digest_of(EVP_sha256(), to.renewed.spki));
    if (fingerprint != data->previous.fingerprint || renewed != data->renewed.fingerprint ||
        report.signatures.size() != 1 || !report.signatures.front().sound())
        return fail(document_errc::first_letter_needed);
    if (report.signatures.front().spki_sha256 != fingerprint) return fail(document_errc::first_letter_needed);
    ACREDITA_TRY(file, letter::InputFile::open(first, std::uint64_t{32} << 20));
    ACREDITA_TRY(digest, letter::digest_of(EVP_sha256(), file, {file.size(), file.size(), 0}));
    to.signs = letter::Signs::renewed;
    to.nonce = data->nonce;
    to.previous_letter = std::move(digest);
    return {};
}

Result<letter::Letter> letter_of(const Options& options) {
    ACREDITA_TRY(previous, read_party(options.previous));
    ACREDITA_TRY(renewed, read_party(options.renewed));
    if (previous.key.spki == renewed.key.spki) return fail(document_errc::same_key);
    if (previous.nif != renewed.nif) return fail(document_errc::other_person);
    ACREDITA_TRY(office, letter::read_office(options.office));
    letter::Letter out;
    out.nonce.resize(16);
    if (RAND_bytes(out.nonce.data(), static_cast<int>(out.nonce.size())) != 1)
        return fail(document_errc::bad_value, "nonce");
    out.issued = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    out.expires = out.issued + std::chrono::days(options.days);
    out.day = local_day(out.issued);
    out.office = std::move(office);
    out.person = {renewed.name, renewed.nif, options.user, options.email};
    out.previous = std::move(previous.key);
    out.renewed = std::move(renewed.key);
    return out;
}

// What is made is remembered, where there is a memory, before it leaves this program.
Result<void> remember(desk::Office& office, const letter::MadeLetter& made, const std::string& nif) {
    const auto now = office::utc_time(office::Clock::now());
    return office.database.write([&]() -> Result<void> {
        ACREDITA_CHECK(office::Letters(office.database)
                           .issue({.folio = made.data.folio,
                                   .part = made.data.signs == letter::Signs::previous ? 1 : 2,
                                   .template_name = made.data.template_name,
                                   .issued = now,
                                   .length = static_cast<std::int64_t>(made.pdf.size()),
                                   .sha256 = to_hex(made.sha256)}));
        office::Entry entry{.action = "letter.make", .holder = nif};
        entry.facts["folio"] = made.data.folio;
        entry.facts["sha256"] = to_hex(made.sha256);
        ACREDITA_CHECK(office.journal.append(entry));
        return {};
    });
}

Result<std::string> folio_for(desk::Office* office, const std::string& given) {
    if (!given.empty() && office == nullptr) return given;
    if (!given.empty()) return office::read_folio(given);
    if (office == nullptr) return fail(document_errc::missing_value, "folio");
    const std::chrono::year_month_day today(
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
    return office->database.write([&] { return office::next_folio(office->database, int(today.year())); });
}

Result<letter::MadeLetter> make(const Program& program, const Options& options) {
    ACREDITA_TRY(office, desk::open_office());
    ACREDITA_TRY(values, letter_of(options));
    ACREDITA_TRY(folio, folio_for(office.get(), options.folio));
    values.folio = folio;
    if (!options.first.empty()) ACREDITA_CHECK(follow(values, options.first));
    const std::string spoken = program.language() == catalogue::Language::spanish ? "es" : "en";
    const auto name = std::string("renovacion-") + (options.first.empty() ? "1." : "2.") +
                      (options.language.empty() ? spoken : options.language) + ".toml";
    ACREDITA_TRY(words, letter::read_template(std::filesystem::path(options.templates) / name));
    ACREDITA_TRY(made, letter::make_letter(values, words));
    ACREDITA_TRY(file, letter::OutputFile::create(options.output));
    ACREDITA_CHECK(file.write_at(0, made.pdf));
    ACREDITA_CHECK(file.sync());
    if (office) ACREDITA_CHECK(remember(*office, made, values.person.nif));
    ACREDITA_CHECK(file.deliver());
    return std::move(made);
}

int make_command(const Program& program, const Options& options) {
    const auto made = make(program, options);
    if (!made) return program.report(made.error());
    if (program.json()) {
        print({{"ok", true},
               {"file", options.output},
               {"folio", made->data.folio},
               {"letter", made->data.signs == letter::Signs::previous ? 1 : 2},
               {"pages", made->pages},
               {"size", made->pdf.size()},
               {"sha256", to_hex(made->sha256)},
               {"expires", made->data.expires}});
        return 0;
    }
    std::cout << program.say("letter_made", {{"file", options.output},
                                             {"pages", std::to_string(made->pages)},
                                             {"folio", made->data.folio}})
              << '\n'
              << program.say("letter_made_sha256", {{"sha256", to_hex(made->sha256)}}) << '\n';
    return 0;
}

} // namespace

void add_letter_make(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "make", "letter_make",
                                    [&program, options] { return make_command(program, *options); });
    program.option(command, "--previous", options->previous, "letter_previous").type_name("FILE")->required();
    program.option(command, "--renewed", options->renewed, "letter_renewed").type_name("FILE")->required();
    program.option(command, "--folio", options->folio, "letter_folio").type_name("TEXT");
    program.option(command, "--out", options->output, "letter_out").type_name("FILE")->required();
    program.option(command, "--first", options->first, "letter_first").type_name("FILE");
    program.option(command, "--user", options->user, "letter_user").type_name("TEXT");
    program.option(command, "--email", options->email, "letter_email").type_name("TEXT");
    program.option(command, "--days", options->days, "letter_days").type_name("N")->check(CLI::Range(1, 365));
    program.option(command, "--office", options->office, "letter_office").type_name("FILE");
    program.option(command, "--templates", options->templates, "letter_templates").type_name("FOLDER");
    program.option(command, "--language", options->language, "letter_language")
        .type_name("LANGUAGE")
        ->check([](const std::string& text) { // part of a file's name
            const bool plain = text.size() <= 12 && text.find_first_of("/.") == text.npos;
            return plain ? std::string() : text;
        });
}

} // namespace acredita::cli
