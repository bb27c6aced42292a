// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/card.hpp"

#include "pkcs11/client/vendor.hpp"
#include "pkcs11/extensions.h"
#include "tools/renewal/card_work.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace acredita::renewal {

using client::Access;
using client::Ask;
using client::Role;

Result<client::Session> session_on(Card& card, Access access) {
    return client::Session::open(card.target.module, card.target.slot, access);
}

Result<void> become_holder(Card& card, client::Session& session) {
    if (!card.pin.empty()) return session.login(Role::user, card.pin);
    if (card.look_at_reader) card.look_at_reader();
    return session.login_at_reader(Role::user);
}

Result<void> become_storer(Card& card, client::Session& session) {
    ACREDITA_TRY(facts, client::card_facts(session, Ask::storing));
    const auto& road = card.target.road;
    const auto role = road.apart ? road.manners.storing_role : facts.storing_role;
    if (role.value_or(Role::user) == Role::user) return become_holder(card, session);
    // Each kind of card has a factory's key of its own.
    const auto delivered = !road.apart && card.administration.is_factory() && facts.delivered_admin
                               ? issue::factory_administration_key(*facts.delivered_admin)
                               : issue::AdministrationKey{};
    const auto& ours = delivered.empty() ? card.administration.hex : delivered.hex;
    const auto& key = road.apart ? card.so_pin : ours;
    if (key.empty()) return fail(issue::issue_errc::admin_key_missing);
    auto done = session.login(Role::administrator, key);
    using client::cryptoki_errc;
    if (!done &&
        (is(done.error(), cryptoki_errc::pin_incorrect) || is(done.error(), cryptoki_errc::pin_len_range) ||
         is(done.error(), cryptoki_errc::pin_invalid) || is(done.error(), cryptoki_errc::pin_locked)))
        return fail(issue::issue_errc::admin_key_unknown);
    return done;
}

Result<std::vector<client::Object>> keys_at(client::Session& session, std::uint8_t place) {
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE pattern[] = {{CKA_CLASS, &kind, sizeof kind}, {CKA_ACREDITA_PLACE, &place, sizeof place}};
    return client::find_matching(session, pattern);
}

Result<Room> room_on(client::Session& session) {
    ACREDITA_TRY(facts, client::card_facts(session, Ask::destination));
    if (!facts.vendor_object || !facts.places || facts.places->empty()) return Room{};
    for (const auto name : *facts.places) {
        ACREDITA_TRY(place, client::destination_at(session, name));
        if (place.certificate.empty() && !place.key_present.value_or(false))
            return Room{.known = true, .spare = name};
    }
    return Room{.known = true, .spare = std::nullopt, .one_place = true};
}

std::optional<client::KeyKind> kind_named(std::string_view name) noexcept {
    static constexpr std::array<std::pair<std::string_view, client::KeyKind>, 5> kinds{{
        {"rsa2048", {CKK_RSA, 2048}},
        {"rsa3072", {CKK_RSA, 3072}},
        {"rsa4096", {CKK_RSA, 4096}},
        {"p256", {CKK_EC, 256}},
        {"p384", {CKK_EC, 384}},
    }};
    for (const auto& [known, kind] : kinds)
        if (known == name) return kind;
    return std::nullopt;
}

Result<void> can_generate(client::Session& session, client::KeyKind kind, std::string_view name) {
    ACREDITA_TRY(facts, client::card_facts(session, Ask::storing));
    // Another module shows it when it is asked to.
    if (!facts.generatable || std::ranges::find(*facts.generatable, kind) != facts.generatable->end())
        return {};
    return fail(renewal_errc::cannot_generate, std::string(name));
}

} // namespace acredita::renewal
