// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/pin_visit.hpp"

#include "pkcs11/client/pin.hpp"
#include "pkcs11/client/vendor.hpp"
#include "tools/issue/error.hpp"

#include <algorithm>
#include <array>

namespace acredita::desk {
namespace {

using client::Ask;
using client::cryptoki_errc;
using issue::issue_errc;

constexpr std::size_t wise_length = 6;

class Visit {
public:
    Visit(client::Session& session, PinPeople& people, PinKind with)
        : session_(session), people_(people), with_(with) {}

    [[nodiscard]] Result<void> run(const PinChoice& choice) {
        ACREDITA_TRY(rules, pin_rules(session_, choice));
        ACREDITA_TRY(last, may_spend());
        if (facts_.pinpad && people_.look_at_reader(with_)) return at_reader(last);
        ACREDITA_TRY(current, ask_current(last));
        const std::array others{static_cast<const Secret*>(&current)};
        ACREDITA_TRY(fresh, ask_fresh(people_, PinKind::pin, rules, others));
        for (;;) {
            const auto done = with_puk() ? client::unblock_pin(session_, current, fresh)
                                         : client::change_pin(session_, current, fresh);
            if (done) return {};
            const auto error = in_words(done.error());
            if (!asks_again(error) || !people_.again(error)) return fail(Error(error));
            ACREDITA_TRY(now_last, may_spend());
            ACREDITA_TRY(another, ask_current(now_last));
            current = std::move(another);
        }
    }

private:
    [[nodiscard]] bool with_puk() const { return with_ == PinKind::puk; }
    [[nodiscard]] std::optional<unsigned> tries() const {
        return with_puk() ? facts_.puk_tries_left : facts_.pin_tries_left;
    }

    // Asks the card. True if a person has agreed to spend the last try.
    [[nodiscard]] Result<bool> may_spend() {
        ACREDITA_TRY(facts, client::card_facts(session_, with_puk() ? Ask::puk | Ask::pin : Ask::pin));
        facts_ = std::move(facts);
        if (tries() == 0U || (!with_puk() && facts_.pin == client::PinLight::locked)) return fail(blocked());
        const bool last = tries() == 1U || (!with_puk() && facts_.pin == client::PinLight::last_try);
        if (!last) return false;
        ACREDITA_TRY(agreed, people_.allow_last_try(with_));
        if (!agreed) return fail(issue_errc::last_try);
        return true;
    }

    [[nodiscard]] Result<Secret> ask_current(bool last) {
        const auto factory = with_puk() ? facts_.factory_puk : facts_.factory_pin;
        return people_.current({with_, tries(), last, factory.value_or(false), asked_++});
    }

    // The last try is spent by a check of its own, which the module leaves to programs that have asked; then
    // all tries are there again.
    [[nodiscard]] Result<void> at_reader(bool last) {
        const auto done = [&]() -> Result<void> {
            if (with_puk()) return client::unblock_at_reader(session_);
            if (last) ACREDITA_CHECK(client::verify_pin_at_reader(session_));
            return client::change_pin_at_reader(session_);
        }();
        if (!done) return fail(in_words(done.error()));
        return {};
    }

    [[nodiscard]] Error blocked() const {
        return with_puk() ? fail(desk_errc::puk_blocked).value() : fail(issue_errc::pin_blocked).value();
    }

    // The same refusal means other things to a person who typed a PUK.
    [[nodiscard]] Error in_words(const Error& error) {
        if (is(error, cryptoki_errc::pin_locked)) return blocked();
        if (with_puk() && is(error, cryptoki_errc::action_prohibited))
            return fail(desk_errc::pin_not_blocked).value();
        // The new PIN has a length the card takes, so this is about the value it shall replace.
        if (is(error, cryptoki_errc::pin_len_range))
            return with_puk() ? fail(desk_errc::puk_malformed).value()
                              : fail(issue_errc::pin_malformed).value();
        if (!is(error, cryptoki_errc::pin_incorrect)) return error;
        if (auto facts = client::card_facts(session_, with_puk() ? Ask::puk : Ask::pin))
            facts_ = *std::move(facts);
        const auto left = tries() ? std::to_string(*tries()) : std::string("?");
        return with_puk() ? fail(desk_errc::puk_wrong, left).value()
                          : fail(issue_errc::pin_wrong, left).value();
    }

    [[nodiscard]] static bool asks_again(const Error& error) {
        return is(error, desk_errc::puk_wrong) || is(error, desk_errc::puk_malformed) ||
               is(error, issue_errc::pin_wrong) || is(error, issue_errc::pin_malformed);
    }

    client::Session& session_;
    PinPeople& people_;
    PinKind with_;
    client::CardFacts facts_{};
    unsigned asked_ = 0;
};

} // namespace

Result<PinRules> pin_rules(const client::Session& session, const PinChoice& choice) {
    ACREDITA_TRY(token, session.token());
    PinRules rules{.shortest = std::max<std::size_t>(token.min_pin, wise_length),
                   .longest = token.max_pin,
                   .digits_only = choice.digits_only,
                   .person = choice.person};
    rules.shortest = std::min(rules.shortest, rules.longest);
    if (rules.person.card.empty()) rules.person.card = token.serial;
    return rules;
}

Result<Secret> ask_fresh(PinPeople& people, PinKind which, const PinRules& rules,
                         std::span<const Secret* const> others) {
    std::optional<Error> refused;
    for (;;) {
        ACREDITA_TRY(secret, people.fresh(which, refused ? &*refused : nullptr));
        auto judged = judge_new_pin(secret, rules, others);
        if (judged) return std::move(secret);
        refused = std::move(judged).error();
    }
}

Result<void> change_pin(client::Session& session, PinPeople& people, const PinChoice& choice) {
    return Visit(session, people, PinKind::pin).run(choice);
}

Result<void> unblock_pin(client::Session& session, PinPeople& people, const PinChoice& choice) {
    return Visit(session, people, PinKind::puk).run(choice);
}

} // namespace acredita::desk
