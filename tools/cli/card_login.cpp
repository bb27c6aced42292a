// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/card_login.hpp"

#include "pkcs11/client/sign.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/secrets.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

using client::cryptoki_errc;
using issue::issue_errc;

Result<client::CertificateEntry> choose(client::Session& session, const CardKeyOptions& options) {
    ACREDITA_TRY(entries, client::certificates(session));
    if (entries.empty()) return fail(cli_errc::no_certificate_on_card);
    if (!options.fingerprint.empty()) {
        for (auto& one : entries)
            if (to_hex(client::digest(client::Hash::sha256, one.der)) == options.fingerprint)
                return std::move(one);
        return fail(cli_errc::no_certificate_on_card);
    }
    const auto wanted = options.certificate;
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

} // namespace

Result<Secret> login_holder(const Program& program, client::Session& session, const CardKeyOptions& options) {
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
        if (typed.empty()) return fail(cli_errc::secret_empty); // nobody typed it: no try for that
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

Result<CardKey> find_card_key(const Program& program, const CardKeyOptions& options) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_only));
    auto kept = std::make_unique<client::Session>(std::move(session));
    ACREDITA_TRY(entry, choose(*kept, options));
    return CardKey{std::move(target), std::move(kept), std::move(entry), {}};
}

Result<void> unlock(const Program& program, const CardKeyOptions& options, CardKey& card) {
    ACREDITA_TRY(pin, login_holder(program, *card.session, options));
    const auto again = std::make_shared<Secret>(std::move(pin));
    ACREDITA_TRY(key, client::token_key(*card.session, card.entry.id,
                                        [again]() -> Result<Secret> { return again->clone(); }));
    card.key = std::move(key);
    return {};
}

} // namespace acredita::cli
