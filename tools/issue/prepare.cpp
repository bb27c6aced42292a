// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The steps before any secret: is there a card, can it take a key, does it know this office?
#include "tools/issue/work.hpp"

namespace acredita::issue {
namespace {

using client::Ask;
using client::cryptoki_errc;

bool refused_key(const Error& error) {
    return is(error, cryptoki_errc::pin_incorrect) || is(error, cryptoki_errc::pin_len_range) ||
           is(error, cryptoki_errc::pin_invalid) || is(error, client::client_errc::pin_malformed);
}

void describe_card(Work& work) {
    auto& receipt = work.receipt;
    const auto& token = work.target.token;
    receipt.card_maker = token.manufacturer;
    receipt.card_model = token.model;
    receipt.card_serial = token.serial;
    receipt.reader = work.target.reader ? work.target.reader->name.text : token.label;
    if (auto description = work.target.module->description()) receipt.module = *std::move(description);
}

} // namespace

Note find_card_step(Work& work) {
    ACREDITA_TRY(target, find_target(work.request.module, work.request.reader));
    work.target = std::move(target);
    ACREDITA_TRY(session,
                 client::Session::open(work.target.module, work.target.slot, client::Access::read_write));
    work.session = std::move(session);

    describe_card(work);
    const auto& token = work.target.token;
    return token.model.empty() ? token.label : token.model + " " + token.serial;
}

namespace {

// Our module serves the card but brings no key onto it: its maker's module may.
Result<bool> go_by_makers_module(Work& work) {
    if (work.target.road.apart || !work.target.reader) return false;
    work.session.reset();
    work.target.module.reset(); // the other one may want the card to itself
    ACREDITA_TRY(other, makers_target(work.request.module, *work.target.reader));
    if (!other || !other->road.manners.stores) return false;
    work.target = *std::move(other);
    ACREDITA_TRY(session,
                 client::Session::open(work.target.module, work.target.slot, client::Access::read_write));
    work.session = std::move(session);
    describe_card(work);
    ACREDITA_TRY(facts, client::card_facts(*work.session, Ask::pin | Ask::storing | Ask::names));
    work.facts = std::move(facts);
    return true;
}

} // namespace

Note check_capability(Work& work) {
    ACREDITA_TRY(facts, client::card_facts(*work.session, Ask::pin | Ask::storing | Ask::names));
    work.facts = std::move(facts);
    const auto& known = work.facts;
    if (work.brings_key() && known.can_import == false) {
        ACREDITA_TRY(served, go_by_makers_module(work));
        if (!served) return fail(issue_errc::import_not_possible);
    }
    if (work.brings_key() && work.target.road.apart) {
        const bool described = work.target.road.manners.stores;
        ACREDITA_TRY(stores, described ? client::may_store(*work.session) : Result<bool>(false));
        if (!stores) return fail(issue_errc::import_not_possible);
    }
    if (known.pin == client::PinLight::locked || known.pin_tries_left == 0U)
        return fail(issue_errc::pin_blocked);
    if (work.target.token.has(CKF_WRITE_PROTECTED))
        return fail(cryptoki_errc::token_write_protected, "token flags");

    const auto& road = work.target.road;
    work.role = road.apart ? road.manners.storing_role.value_or(client::Role::user)
                           : known.storing_role.value_or(client::Role::user);
    work.receipt.card_profile = known.profile.value_or(road.profile);
    work.receipt.factory_pin = known.factory_pin.value_or(false);
    return work.receipt.card_profile;
}

Note login_administrator(Work& work) {
    if (work.role != client::Role::administrator) return nothing_to_do;
    ACREDITA_CHECK(become_administrator(work));
    work.receipt.factory_administration_key =
        !work.target.road.apart && work.request.administration.is_factory();
    return std::string();
}

namespace {

// Tries of an SO PIN are as few as those of a PIN, and nobody can unblock it.
Result<void> become_makers_administrator(Work& work) {
    if (work.request.so_pin.empty()) return fail(issue_errc::admin_key_missing, "SO PIN");
    ACREDITA_TRY(token, work.session->token());
    if (token.has(CKF_SO_PIN_LOCKED) || token.has(CKF_SO_PIN_FINAL_TRY))
        return fail(issue_errc::admin_key_unknown, "SO PIN");
    auto done = work.session->login(client::Role::administrator, work.request.so_pin);
    if (!done && (refused_key(done.error()) || is(done.error(), cryptoki_errc::pin_locked)))
        return fail(issue_errc::admin_key_unknown, "SO PIN");
    return done;
}

} // namespace

Result<void> become_administrator(Work& work) {
    if (work.target.road.apart) return become_makers_administrator(work);
    const auto& given = work.request.administration;
    // Each kind of card has a factory's key of its own, and some count the tries of a wrong one.
    const auto delivered = given.is_factory() && work.facts.delivered_admin
                               ? factory_administration_key(*work.facts.delivered_admin)
                               : AdministrationKey{};
    const auto& key = delivered.empty() ? given : delivered;
    if (key.empty()) return fail(issue_errc::admin_key_missing);
    if (key.is_factory() && !work.request.allow_factory_key)
        return fail(issue_errc::admin_key_unsafe, "the key of the factory");
    auto done = work.session->login(client::Role::administrator, key.hex);
    if (!done && (refused_key(done.error()) || is(done.error(), cryptoki_errc::pin_locked)))
        return fail(issue_errc::admin_key_unknown);
    return done;
}

} // namespace acredita::issue
