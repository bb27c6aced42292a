// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter sign: a PDF, or any file beside itself (.p7s), signed by the key on the card, with exactly
// one use of the key.
#include "pkcs11/client/sign.hpp"
#include "tools/cli/card_login.hpp"
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/drawn_signature.hpp"
#include "tools/cli/letter_match.hpp"
#include "tools/cli/letter_timestamp.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/desk/office.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/sign.hpp"
#include "tools/office/letters.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string input, output;
    std::vector<std::string> chain; // files with the issuers' certificates
    CardKeyOptions card;
    letter::SignOptions signature;
    LetterChoice letter;
    TimestampChoice timestamp;
    bool undrawn = false;
};

struct Signed {
    letter::SignReport report;
    issue::CertificateSummary signer;
    std::string journal_head; // "" where no journal is kept
};

// The letter as this office issued it, if it did: told by its bytes alone. office.already_there if it has
// been signed: a letter is signed once.
Result<std::optional<office::Letter>> issued(desk::Office* office, const std::string& input) {
    if (office == nullptr) return std::nullopt;
    ACREDITA_TRY(file, letter::InputFile::open(input, letter::SignOptions{}.max_size));
    ACREDITA_TRY(hash, letter::digest_of(EVP_sha256(), file, {.before = file.size()}));
    const auto length = static_cast<std::int64_t>(file.size());
    ACREDITA_TRY(found, office::Letters(office->database).with_content(length, to_hex(hash)));
    if (found && !found->signed_at.empty()) return fail(office::office_errc::already_there, found->folio);
    return std::move(found);
}

// One transaction: the record, and that the letter is signed. If it fails, no signed letter is left.
Result<void> remember(desk::Office* office, const std::optional<office::Letter>& letter, office::Entry entry,
                      const Options& options, Signed& done) {
    if (office == nullptr) return {};
    entry.facts["sha256"] = to_hex(done.report.sha256);
    if (letter) entry.facts["folio"] = letter->folio;
    auto head = office->database.write([&]() -> Result<office::Head> {
        if (letter)
            ACREDITA_CHECK(office::Letters(office->database)
                               .mark_signed(letter->folio, letter->part,
                                            office::utc_time(office::Clock::now()), entry.facts["sha256"]));
        return office->journal.append(entry);
    });
    if (!head) {
        std::error_code left;
        std::filesystem::remove(options.output, left);
        return fail(std::move(head).error());
    }
    done.journal_head = head->text();
    return {};
}

Result<Signed> sign_with(const Program& program, const Options& options, CardKey& card,
                         desk::Office* office) {
    ACREDITA_TRY(summary, issue::summarise(card.entry.der, issue::Clock::now()));
    ACREDITA_CHECK(match_choice(options.letter, options.input, card.entry.der, office));
    ACREDITA_TRY(chain, read_certificates(options.chain));
    ACREDITA_TRY(timestamp, timestamp_order(options.timestamp));
    ACREDITA_CHECK(unlock(program, options.card, card));
    const letter::Signer signer{
        .key = card.key.get(), .certificate = card.entry.der, .chain = std::move(chain)};
    auto wanted = options.signature;
    if (!options.undrawn) wanted.draw = drawn_signature(program, summary);
    wanted.timestamp = std::move(timestamp);
    const bool beside = std::filesystem::path(options.output).extension() == ".p7s";
    ACREDITA_TRY(report, beside ? letter::sign_beside(options.input, options.output, signer, wanted)
                                : letter::sign_pdf(options.input, options.output, signer, wanted));
    return Signed{std::move(report), std::move(summary), {}};
}

Result<Signed> sign(const Program& program, const Options& options) {
    ACREDITA_TRY(office, desk::open_office());
    ACREDITA_TRY(letter, issued(office.get(), options.input));
    ACREDITA_TRY(card, find_card_key(program, options.card));
    ACREDITA_TRY(holder, issue::identity_number(card.entry.der));
    const office::Entry entry{
        .action = "letter.sign",
        .holder = holder,
        .card = card.target.token.serial,
        .certificate = to_hex(client::digest(client::Hash::sha256, card.entry.der)),
    };
    auto done = sign_with(program, options, card, office.get());
    if (!done) {
        if (office) ACREDITA_CHECK(office->journal.append(desk::failed(entry, done.error())));
        return done;
    }
    ACREDITA_CHECK(remember(office.get(), letter, entry, options, *done));
    return done;
}

int sign_command(const Program& program, const Options& options) {
    desk::guard_process();
    const auto done = sign(program, options);
    if (!done) return program.report(done.error());
    if (program.json()) {
        print({{"ok", true},
               {"file", options.output},
               {"sha256", to_hex(done->report.sha256)},
               {"field", done->report.field},
               {"key_uses", done->report.key_uses},
               {"timestamp", done->report.stamped ? Json(issue::utc(*done->report.stamped)) : Json(nullptr)},
               {"unstamped",
                done->report.unstamped ? Json(error_name(done->report.unstamped->code)) : Json(nullptr)},
               {"journal_head", done->journal_head.empty() ? Json(nullptr) : Json(done->journal_head)},
               {"signer", certificate_json(done->signer)}});
    } else {
        std::cout << program.say("letter_signed", {{"holder", done->signer.holder}}) << ' ' << options.output
                  << '\n';
        if (done->report.stamped)
            std::cout << program.say("letter_stamped", {{"time", issue::utc(*done->report.stamped)}}) << '\n';
    }
    if (done->report.unstamped)
        std::cerr << program.say("letter_unstamped", {{"why", done->report.unstamped->detail}}) << '\n';
    return 0;
}

} // namespace

void add_letter_sign(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "sign", "letter_sign",
                                    [&program, options] { return sign_command(program, *options); });
    program.option(command, "IN", options->input, "letter_in").required();
    program.option(command, "OUT", options->output, "letter_out").required();
    program.reader_option(command);
    program.module_option(command);
    program.option(command, "--certificate", options->card.certificate, "certificate").type_name("N");
    program.option(command, "--chain", options->chain, "chain").type_name("FILE");
    program.option(command, "--field", options->signature.field, "field");
    program.option(command, "--reason", options->signature.reason, "reason");
    program.flag(command, "--allow-expired", options->signature.allow_expired, "allow_expired");
    program.flag(command, "--undrawn", options->undrawn, "undrawn");
    letter_choice_options(command, program, options->letter);
    timestamp_options(command, program, options->timestamp);
    program.flag(command, "--last-try", options->card.last_try, "last_try");
    program.option(command, "--pin-fd", options->card.pin_descriptor, "pin_fd").type_name("N");
}

void add_letter(CLI::App& app, Program& program) {
    auto& group = program.group(app, "letter", "letter");
    add_letter_make(group, program);
    add_letter_sign(group, program);
    add_letter_verify(group, program);
}

} // namespace acredita::cli
