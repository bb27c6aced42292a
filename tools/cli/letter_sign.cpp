// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita letter sign: a PDF signed by the key on the card, with exactly one use of the key.
#include "pkcs11/client/keys.hpp"
#include "tools/cli/certificate_files.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/issue/target.hpp"
#include "tools/letter/sign.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using client::cryptoki_errc;
using issue::issue_errc;

struct Options {
    std::string input, output;
    std::vector<std::string> chain; // files with the issuers' certificates
    std::size_t certificate = 0;    // from 1; 0: the only one
    int pin_descriptor = -1;
    bool last_try = false;
    letter::SignOptions signature;
};

struct Signed {
    letter::SignReport report;
    issue::CertificateSummary signer;
};

Result<client::CertificateEntry> choose(client::Session& session, std::size_t wanted) {
    ACREDITA_TRY(entries, client::certificates(session));
    if (entries.empty()) return fail(cli_errc::no_certificate_on_card);
    if (wanted == 0 && entries.size() > 1)
        return fail(cli_errc::several_certificates, std::to_string(entries.size()));
    const auto index = wanted == 0 ? 0 : wanted - 1;
    if (index >= entries.size()) return fail(cli_errc::several_certificates, std::to_string(entries.size()));
    return std::move(entries[index]);
}

// True if a person has agreed to spend the last try.
Result<bool> may_spend(const Program& program, const client::CardFacts& facts, bool agreed) {
    if (facts.pin == client::PinLight::locked || facts.pin_tries_left == 0U)
        return fail(issue_errc::pin_blocked);
    const bool last = facts.pin == client::PinLight::last_try || facts.pin_tries_left == 1U;
    if (!last || agreed) return last;
    const auto answer =
        answer_from_terminal(program.say("warn_last_try") + "\n" + program.say("ask_last_try") + " ", {});
    if (answer && *answer == program.say("yes_word")) return true;
    return fail(issue_errc::last_try);
}

Result<Secret> login(const Program& program, client::Session& session, const Options& options) {
    ACREDITA_TRY(facts, client::card_facts(session, client::Ask::pin));
    ACREDITA_TRY(last, may_spend(program, facts, options.last_try));
    // Our module spends the last try for nobody but a program that says so.
    const bool check_first = last && facts.vendor_object;
    const bool at_reader = facts.pinpad && options.pin_descriptor < 0;
    Secret pin;
    Result<void> done;
    if (at_reader) {
        std::cerr << program.say("look_at_reader") << std::endl;
        if (check_first) done = client::verify_pin_at_reader(session);
        if (done) done = session.login_at_reader(client::Role::user);
    } else {
        ACREDITA_TRY(typed, secret_from(options.pin_descriptor,
                                        pin_prompt(program, "ask_pin", facts.pin_tries_left), "--pin-fd"));
        pin = std::move(typed);
        if (check_first) done = client::verify_pin(session, pin);
        if (done) done = session.login(client::Role::user, pin);
    }
    if (done) return pin;
    if (is(done.error(), cryptoki_errc::pin_locked)) return fail(issue_errc::pin_blocked);
    if (!is(done.error(), cryptoki_errc::pin_incorrect)) return fail(Error(done.error()));
    const auto now = client::card_facts(session, client::Ask::pin);
    const bool known = now && now->pin_tries_left;
    return fail(issue_errc::pin_wrong, known ? std::to_string(*now->pin_tries_left) : "?");
}

Result<Signed> sign(const Program& program, const Options& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_only));
    ACREDITA_TRY(entry, choose(session, options.certificate));
    ACREDITA_TRY(summary, issue::summarise(entry.der, issue::Clock::now()));
    ACREDITA_TRY(pin, login(program, session, options));
    ACREDITA_TRY(key, client::token_key(session, entry.id, [&]() -> Result<Secret> { return pin.clone(); }));
    ACREDITA_TRY(chain, read_certificates(options.chain));
    const letter::Signer signer{.key = key.get(), .certificate = entry.der, .chain = std::move(chain)};
    ACREDITA_TRY(report, letter::sign_pdf(options.input, options.output, signer, options.signature));
    return Signed{std::move(report), std::move(summary)};
}

int sign_command(const Program& program, const Options& options) {
    guard_process();
    const auto done = sign(program, options);
    if (!done) return program.report(done.error());
    if (program.json()) {
        print({{"ok", true},
               {"file", options.output},
               {"sha256", to_hex(done->report.sha256)},
               {"field", done->report.field},
               {"key_uses", done->report.key_uses},
               {"signer", certificate_json(done->signer)}});
    } else {
        std::cout << program.say("letter_signed", {{"holder", done->signer.holder}}) << ' ' << options.output
                  << '\n';
    }
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
    program.option(command, "--certificate", options->certificate, "certificate").type_name("N");
    program.option(command, "--chain", options->chain, "chain").type_name("FILE");
    program.option(command, "--field", options->signature.field, "field");
    program.option(command, "--reason", options->signature.reason, "reason");
    program.flag(command, "--allow-expired", options->signature.allow_expired, "allow_expired");
    program.flag(command, "--last-try", options->last_try, "last_try");
    program.option(command, "--pin-fd", options->pin_descriptor, "pin_fd").type_name("N");
}

void add_letter(CLI::App& app, Program& program) {
    auto& group = program.group(app, "letter", "letter");
    add_letter_make(group, program);
    add_letter_sign(group, program);
    add_letter_verify(group, program);
}

} // namespace acredita::cli
