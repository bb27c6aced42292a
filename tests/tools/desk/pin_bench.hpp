// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice card as a visit about its PIN finds it, and people who answer from lists.
#pragma once

#include "tests/support/practice.hpp"
#include "tools/desk/pin_visit.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/issue/target.hpp"

#include <deque>
#include <stdexcept>

namespace acredita::test {

class PinDesk {
public:
    explicit PinDesk(const std::string& card) : practice({card}) {}

    [[nodiscard]] client::Session open() const {
        auto target = issue::find_target(desk::module_choice({}), {});
        if (!target) throw std::runtime_error(describe(target.error()));
        auto session = client::Session::open(target->module, target->slot, client::Access::read_write);
        if (!session) throw std::runtime_error(describe(session.error()));
        return *std::move(session);
    }
    [[nodiscard]] client::CardFacts facts() const {
        auto session = open();
        auto facts = client::card_facts(session, client::Ask::pin | client::Ask::puk);
        if (!facts) throw std::runtime_error(describe(facts.error()));
        return *std::move(facts);
    }
    // As far as the card says when it is asked; spends a try if it is not.
    [[nodiscard]] bool pin_is(std::string_view value) const {
        auto session = open();
        return client::verify_pin(session, Secret(as_bytes(value))).has_value();
    }
    // The PIN becomes `pin` if this is the PUK.
    [[nodiscard]] bool puk_is(std::string_view value, std::string_view pin) const {
        auto session = open();
        return client::unblock_with_puk(session, Secret(as_bytes(value)), Secret(as_bytes(pin))).has_value();
    }

    Practice practice;
};

class ListedPinPeople final : public desk::PinPeople {
public:
    std::deque<std::string> currents{}, fresh_pins{}, fresh_puks{};
    bool last_try = false;
    std::vector<desk::SecretQuestion> asked{};
    std::vector<std::string> refused{}, told{}; // names of errors

    [[nodiscard]] Result<Secret> current(const desk::SecretQuestion& question) override {
        asked.push_back(question);
        return next(currents);
    }
    [[nodiscard]] Result<Secret> fresh(desk::PinKind which, const Error* why) override {
        if (why != nullptr) refused.push_back(error_name(why->code));
        return next(which == desk::PinKind::pin ? fresh_pins : fresh_puks);
    }
    [[nodiscard]] Result<bool> allow_last_try(desk::PinKind) override { return last_try; }
    [[nodiscard]] bool again(const Error& why) override {
        told.push_back(error_name(why.code) + " " + why.detail);
        return !currents.empty();
    }
    [[nodiscard]] bool look_at_reader(desk::PinKind) override { return true; }

private:
    static Result<Secret> next(std::deque<std::string>& list) {
        if (list.empty()) return fail(issue::issue_errc::cancelled);
        Secret secret(as_bytes(list.front()));
        list.pop_front();
        return secret;
    }
};

} // namespace acredita::test
