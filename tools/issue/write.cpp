// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The steps that change the card, and the restart that ends them.
#include "tools/issue/stored.hpp"

namespace acredita::issue {
namespace {

using client::cryptoki_errc;
using client::Role;

bool malformed(const Error& error) {
    return is(error, cryptoki_errc::pin_len_range) || is(error, cryptoki_errc::pin_invalid) ||
           is(error, client::client_errc::pin_malformed);
}

// A module without our vendor interface cannot check the PIN inside an administrator's session.
Result<void> with_administrator_away(Work& work, const auto& check) {
    ACREDITA_CHECK(work.session->logout());
    ACREDITA_CHECK(check());
    return become_administrator(work);
}

Result<void> present(Work& work, const Secret& pin) {
    if (work.role == Role::user) return work.session->login(Role::user, pin);
    if (work.facts.vendor_object) return client::verify_pin(*work.session, pin);
    return with_administrator_away(work, [&] { return client::verify_pin(*work.session, pin); });
}

Result<void> present_at_reader(Work& work) {
    work.people.look_at_reader(false);
    if (work.facts.vendor_object) return client::verify_pin_at_reader(*work.session);
    if (work.role == Role::user) return work.session->login_at_reader(Role::user);
    return with_administrator_away(work, [&]() -> Result<void> {
        ACREDITA_CHECK(work.session->login_at_reader(Role::user));
        return work.session->logout();
    });
}

// The question before a PIN is presented; last_try if it would be the last and nobody agreed.
Result<PinQuestion> question_of(Work& work, unsigned asked, bool malformed_before) {
    const auto& facts = work.facts;
    PinQuestion question{.tries_left = facts.pin_tries_left,
                         .last_try = facts.pin == client::PinLight::last_try || facts.pin_tries_left == 1U,
                         .factory = facts.factory_pin.value_or(false),
                         .asked_before = asked,
                         .malformed_before = malformed_before};
    if (question.last_try) {
        ACREDITA_TRY(allowed, work.people.allow_last_try(question));
        if (!allowed) return fail(issue_errc::last_try);
    }
    return question;
}

// The counter is read again after every PIN that was wrong.
Result<void> count_tries(Work& work) {
    ACREDITA_TRY(facts, client::card_facts(*work.session, client::Ask::pin));
    work.facts.pin = facts.pin;
    work.facts.pin_tries_left = facts.pin_tries_left;
    if (facts.pin == client::PinLight::locked || facts.pin_tries_left == 0U)
        return fail(issue_errc::pin_blocked);
    return {};
}

// Once: who has typed it wrong runs the job again, with the tries left in front of him.
Note verify_at_reader(Work& work) {
    ACREDITA_CHECK(question_of(work, 0, false));
    const auto accepted = present_at_reader(work);
    if (accepted) return std::string();
    if (is(accepted.error(), cryptoki_errc::pin_locked)) return fail(issue_errc::pin_blocked);
    if (!is(accepted.error(), cryptoki_errc::pin_incorrect)) return fail(Error(accepted.error()));
    ACREDITA_CHECK(count_tries(work));
    const auto left = work.facts.pin_tries_left;
    return fail(issue_errc::pin_wrong, left ? std::to_string(*left) : "?");
}

} // namespace

Note verify_pin_step(Work& work) {
    if (work.facts.pinpad) return verify_at_reader(work);
    bool malformed_before = false;
    for (unsigned asked = 0;; ++asked) {
        ACREDITA_TRY(question, question_of(work, asked, malformed_before));
        ACREDITA_TRY(pin, work.people.pin(question));
        auto accepted = present(work, pin);
        if (accepted) {
            work.pin = std::move(pin);
            return std::string();
        }
        if (is(accepted.error(), cryptoki_errc::pin_locked)) return fail(issue_errc::pin_blocked);
        malformed_before = malformed(accepted.error());
        if (malformed_before) continue;
        if (!is(accepted.error(), cryptoki_errc::pin_incorrect)) return fail(std::move(accepted).error());
        ACREDITA_CHECK(count_tries(work));
    }
}

Note store_certificate_step(Work& work) {
    if (work.certificate_there) return nothing_to_do;
    ACREDITA_TRY(stored, client::store_certificate(*work.session, work.chosen->leaf.der, work.place));
    work.certificate = stored;
    work.target.changed = std::chrono::steady_clock::now();
    return std::to_string(work.chosen->leaf.der.size());
}

Note store_key_step(Work& work) {
    if (!work.brings_key()) return nothing_to_do;
    if (work.certificate_there && !work.facts.vendor_object) {
        ACREDITA_TRY(keys, stored_keys(work));
        if (!keys.empty())
            return nothing_to_do; // it would be stored twice; the proof tells whether it is the right one
    }
    ACREDITA_TRY(subject, subject_of(work.chosen->leaf.der));
    ACREDITA_TRY(stored, client::store_private_key(*work.session, work.key.get(), subject, work.place));
    if (work.target.road.apart && work.certificate) {
        ACREDITA_TRY(id, client::align_identifiers(*work.session, *work.certificate, stored));
        work.place.id = std::move(id);
        work.receipt.key_identifier = to_hex(work.place.id);
    }
    return work.receipt.certificate.key;
}

Note restart_step(Work& work) {
    work.session.reset();
    work.key.reset(); // from here on only the card has the key
    for (auto& credential : work.opened.credentials) credential.pkcs8.clear();
    for (auto& lone : work.opened.lone_keys) lone.pkcs8.clear();
    ACREDITA_CHECK(begin_afresh(work.target));
    ACREDITA_TRY(session,
                 client::Session::open(work.target.module, work.target.slot, client::Access::read_only));
    work.session = std::move(session);
    const auto restart = work.target.road.manners.restart;
    work.receipt.proof.card_restarted = work.target.reader && restart != client::Restart::nothing;
    work.receipt.proof.module_restarted = work.target.road.apart && restart == client::Restart::process;
    return std::string();
}

Note finish_step(Work& work) {
    work.session.reset();
    work.pin = Secret();
    if (work.target.road.apart) work.target.module.reset(); // it may keep the card to itself
    ACREDITA_CHECK(restart_card(work.target));
    work.receipt.finished = utc(Clock::now());
    return std::string();
}

} // namespace acredita::issue
