// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/hand_over.hpp"

#include "pkcs11/client/pin.hpp"
#include "tools/issue/error.hpp"

#include <algorithm>
#include <array>

#include <sys/random.h>

namespace acredita::desk {
namespace {

using client::Ask;
using client::cryptoki_errc;

constexpr std::size_t puk_length = 8; // SP 800-73-4 part 2, 2.4.3
constexpr unsigned most_tries = 255;  // a counter is one byte

// Eight random digits. Bytes of 250 and more would make small digits likelier.
Result<Secret> random_puk() {
    Secret secret(puk_length);
    while (secret.size() < puk_length) {
        std::uint8_t byte = 0;
        if (::getrandom(&byte, 1, 0) != 1) return fail(desk_errc::not_random);
        if (byte < 250) static_cast<void>(secret.push_back(static_cast<std::uint8_t>('0' + byte % 10)));
    }
    return secret;
}

// Published by the makers of the cards that say "factory" themselves: Yubico, and those who do as Yubico.
Secret published(PinKind which) { return Secret(as_bytes(which == PinKind::pin ? "123456" : "12345678")); }

class HandOver {
public:
    HandOver(client::Session& session, PinPeople& people, const PinChoice& choice)
        : session_(session), people_(people), choice_(choice) {}

    [[nodiscard]] Result<HandedOver> run(PukPolicy policy, const HandOverDue& what) {
        HandedOver done;
        ACREDITA_TRY(rules, pin_rules(session_, choice_));
        ACREDITA_CHECK(look());
        if (what.puk && !facts_.puk_changeable.value_or(false)) return fail(desk_errc::puk_fixed);
        if (what.pin) {
            ACREDITA_CHECK(pin(rules));
            done.pin = true;
        }
        if (what.puk) {
            ACREDITA_TRY(state, puk(rules, policy));
            done.puk = state;
        }
        return done;
    }

private:
    [[nodiscard]] Result<void> look() {
        ACREDITA_TRY(facts, client::card_facts(session_, Ask::pin | Ask::puk));
        facts_ = std::move(facts);
        return {};
    }

    [[nodiscard]] bool card_vouches(PinKind which) const {
        const bool pin = which == PinKind::pin;
        const auto tries = pin ? facts_.pin_tries_left : facts_.puk_tries_left;
        return (pin ? facts_.factory_pin : facts_.factory_puk).value_or(false) && tries && *tries >= 2;
    }

    [[nodiscard]] Result<void> pin(const PinRules& rules) {
        const bool at_reader = facts_.pinpad && people_.look_at_reader(PinKind::pin);
        if (at_reader) return client::change_pin_at_reader(session_);
        if (!card_vouches(PinKind::pin)) return change_pin(session_, people_, choice_);
        const auto old = published(PinKind::pin), other = published(PinKind::puk);
        const std::array others{&old, &other};
        ACREDITA_TRY(fresh, ask_fresh(people_, PinKind::pin, rules, others));
        ACREDITA_CHECK(client::change_pin(session_, old, fresh));
        pin_ = std::move(fresh);
        return {};
    }

    [[nodiscard]] Result<PukState> puk(const PinRules& pin_rules, PukPolicy policy) {
        if (facts_.puk_tries_left == 0U) return fail(desk_errc::puk_blocked);
        PinRules rules = pin_rules;
        rules.shortest = rules.longest = puk_length;
        rules.digits_only = true;
        const auto old = published(PinKind::puk);
        const std::array others{&old, static_cast<const Secret*>(&pin_)};
        if (policy == PukPolicy::holder) {
            ACREDITA_TRY(fresh, ask_fresh(people_, PinKind::puk, rules, others));
            ACREDITA_CHECK(replace(fresh));
            return PukState::by_holder;
        }
        ACREDITA_TRY(forgotten, random_puk());
        ACREDITA_CHECK(replace(forgotten));
        if (policy == PukPolicy::sealed) return PukState::sealed;
        ACREDITA_CHECK(spend(forgotten));
        return PukState::blocked;
    }

    // The old PUK by the card's own word, or from who has it; asked again while People want.
    [[nodiscard]] Result<void> replace(const Secret& fresh) {
        if (card_vouches(PinKind::puk)) return client::change_puk(session_, published(PinKind::puk), fresh);
        for (unsigned asked = 0;; ++asked) {
            if (facts_.puk_tries_left == 0U) return fail(desk_errc::puk_blocked);
            const bool last = facts_.puk_tries_left == 1U;
            if (last) {
                ACREDITA_TRY(agreed, people_.allow_last_try(PinKind::puk));
                if (!agreed) return fail(issue::issue_errc::last_try);
            }
            ACREDITA_TRY(current, people_.current({PinKind::puk, facts_.puk_tries_left, last,
                                                   facts_.factory_puk.value_or(false), asked}));
            const auto done = client::change_puk(session_, current, fresh);
            if (done) return {};
            ACREDITA_CHECK(look());
            const auto error = in_words(done.error());
            const bool typed_wrong = is(error, desk_errc::puk_wrong) || is(error, desk_errc::puk_malformed);
            if (!typed_wrong || !people_.again(error)) return fail(Error(error));
        }
    }

    [[nodiscard]] Error in_words(const Error& error) const {
        if (is(error, cryptoki_errc::pin_locked)) return fail(desk_errc::puk_blocked).value();
        if (is(error, cryptoki_errc::pin_len_range)) return fail(desk_errc::puk_malformed).value();
        if (is(error, cryptoki_errc::function_not_supported)) return fail(desk_errc::puk_fixed).value();
        if (!is(error, cryptoki_errc::pin_incorrect)) return error;
        const auto left = facts_.puk_tries_left;
        return fail(desk_errc::puk_wrong, left ? std::to_string(*left) : std::string("?")).value();
    }

    // With a value that is surely another one: its first digit is.
    [[nodiscard]] Result<void> spend(const Secret& valid) {
        Secret wrong = valid.clone();
        wrong.data()[0] = static_cast<std::uint8_t>('0' + (valid.view()[0] - '0' + 1) % 10);
        for (unsigned i = 0; i < most_tries; ++i) {
            const auto refused = client::change_puk(session_, wrong, valid);
            if (!refused && is(refused.error(), cryptoki_errc::pin_locked)) return {};
            if (!refused && !is(refused.error(), cryptoki_errc::pin_incorrect))
                return fail(Error(refused.error()));
        }
        return fail(desk_errc::puk_fixed);
    }

    client::Session& session_;
    PinPeople& people_;
    const PinChoice& choice_;
    client::CardFacts facts_{};
    Secret pin_{}; // the holder's new one, which the PUK must not be
};

} // namespace

std::optional<PukPolicy> puk_policy_named(std::string_view name) noexcept {
    if (name == "holder") return PukPolicy::holder;
    if (name == "sealed") return PukPolicy::sealed;
    if (name == "blocked") return PukPolicy::blocked;
    return std::nullopt;
}

HandOverDue due(const client::CardFacts& facts) noexcept {
    HandOverDue what{.pin = facts.factory_pin.value_or(false),
                     .puk = facts.factory_puk.value_or(false),
                     .puk_changeable = facts.puk_changeable.value_or(false)};
    what.puk = what.puk && what.puk_changeable;
    return what;
}

Result<HandedOver> hand_over(client::Session& session, PinPeople& people, const PinChoice& choice,
                             PukPolicy policy, HandOverDue what) {
    return HandOver(session, people, choice).run(policy, what);
}

} // namespace acredita::desk
