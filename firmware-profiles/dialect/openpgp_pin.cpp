// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/openpgp_pin.hpp"

#include "pcsc/apdu/iso7816.hpp"

#include <algorithm>

namespace acredita::dialect::openpgp {

namespace {

using card::card_errc;

constexpr std::uint8_t for_signature = 0x81;
constexpr std::uint8_t for_the_rest = 0x82;
constexpr std::uint8_t for_administration = 0x83;

std::size_t index(Password which) { return static_cast<std::size_t>(which); }
ByteView view(const ZeroingBytes& bytes) { return {bytes.data(), bytes.size()}; }

// A wrong password of this kind, and one without tries left.
card_errc wrong(Password which) {
    return which == Password::user         ? card_errc::pin_incorrect
           : which == Password::reset_code ? card_errc::puk_incorrect
                                           : card_errc::admin_key_wrong;
}
card_errc blocked(Password which) {
    return which == Password::user         ? card_errc::pin_blocked
           : which == Password::reset_code ? card_errc::puk_blocked
                                           : card_errc::admin_blocked;
}

ZeroingBytes joined(const ZeroingBytes& one, const ZeroingBytes& other) {
    ZeroingBytes both;
    both.reserve(one.size() + other.size());
    append(both, view(one));
    append(both, view(other));
    return both;
}

} // namespace

Result<ZeroingBytes> Passwords::on_wire(Password which, ByteView value) {
    if (!memory_.derivation) {
        Derivation derivation;
        if (data_.derives_passwords()) {
            ACREDITA_TRY(answer, card_.send(get_data(0x00F9, 256)));
            if (answer.sw.ok()) {
                ACREDITA_TRY(parsed, parse_derivation({answer.data.data(), answer.data.size()}));
                derivation = std::move(parsed);
            } else if (answer.sw != sw::reference_not_found) {
                return fail(judge(Step::read, answer.sw));
            }
        }
        memory_.derivation = std::move(derivation);
    }
    return derive(*memory_.derivation, which, value);
}

// Whoever derives sends a hash, however long the password is.
bool Passwords::well_formed(Password which, ByteView value) const {
    const auto& profile = card_.profile();
    const auto& rules = which == Password::user ? profile.pin.rules : profile.puk.rules;
    return value.size() >= rules.min && value.size() <= rules.max;
}

Error Passwords::refusal(Password which, Step step, StatusWord sw) {
    if (sw.has_tries() && sw.tries() > 0) return fail(wrong(which), std::to_string(sw.tries())).value();
    if (sw.has_tries() || sw == sw::blocked) return fail(blocked(which)).value();
    if (sw != sw::security_not_satisfied) return judge(step, sw);
    // 6982 is all that some say of a wrong one: how many are left stands in C4.
    if (auto read = refresh_tries(card_, data_); !read) return std::move(read).error();
    const auto left = data_.tries.at(index(which));
    return left == 0 ? fail(blocked(which)).value() : fail(wrong(which), std::to_string(left)).value();
}

Result<void> Passwords::verify(std::uint8_t reference, Password which, ByteView value) {
    ACREDITA_TRY(wire, on_wire(which, value));
    if (!memory_.derivation->active && wire.size() > data_.longest.at(index(which)))
        return fail(which == Password::admin ? card_errc::admin_key_malformed : card_errc::pin_malformed);
    ACREDITA_TRY(answer, card_.send(iso7816::verify(reference, view(wire))));
    if (!answer.sw.ok()) return fail(refusal(which, Step::verify, answer.sw));
    return {};
}

Result<void> Passwords::verify_user(ByteView pin) {
    if (!well_formed(Password::user, pin)) return fail(card_errc::pin_malformed);
    card_.memory().pin = memory_.sign = false;
    ACREDITA_CHECK(verify(for_the_rest, Password::user, pin));
    card_.memory().pin = true;
    if (data_.one_signature) return {};
    ACREDITA_CHECK(verify(for_signature, Password::user, pin));
    memory_.sign = true;
    return {};
}

Result<void> Passwords::verify_for_signature(ByteView pin) {
    if (!well_formed(Password::user, pin)) return fail(card_errc::pin_malformed);
    ACREDITA_CHECK(verify(for_signature, Password::user, pin));
    memory_.sign = true;
    return {};
}

Result<void> Passwords::verify_admin(ByteView pin) {
    if (!well_formed(Password::admin, pin)) return fail(card_errc::admin_key_malformed);
    if (data_.tries.at(index(Password::admin)) <= 1) { // perhaps somebody has put it right since
        ACREDITA_CHECK(refresh_tries(card_, data_));
        const auto left = data_.tries.at(index(Password::admin));
        if (left <= 1) return fail(card_errc::admin_blocked, std::to_string(left));
    }
    card_.memory().admin = false;
    auto verified = verify(for_administration, Password::admin, pin);
    if (!verified) { // what is known of the tries is of before
        if (auto& left = data_.tries.at(index(Password::admin));
            is(verified.error(), card_errc::admin_key_wrong))
            left = static_cast<std::uint8_t>(left - 1);
        return verified;
    }
    card_.memory().admin = true;
    return {};
}

Result<void> Passwords::change_user(ByteView old_pin, ByteView new_pin) {
    if (!well_formed(Password::user, old_pin) || !well_formed(Password::user, new_pin))
        return fail(card_errc::pin_malformed);
    ACREDITA_TRY(old_wire, on_wire(Password::user, old_pin));
    ACREDITA_TRY(new_wire, on_wire(Password::user, new_pin));
    card_.memory().pin = memory_.sign = false;
    const auto both = joined(old_wire, new_wire);
    ACREDITA_TRY(answer, card_.send(iso7816::change_reference_data(for_signature, view(both))));
    if (!answer.sw.ok()) return fail(refusal(Password::user, Step::change_pin, answer.sw));
    return {};
}

Result<void> Passwords::unblock(ByteView code, ByteView new_pin) {
    if (!well_formed(Password::user, new_pin) || !well_formed(Password::reset_code, code))
        return fail(card_errc::pin_malformed);
    if (data_.tries.at(index(Password::reset_code)) == 0) { // none is set, or it is spent
        ACREDITA_TRY(wire, on_wire(Password::admin, code));
        ACREDITA_TRY(answer, card_.send(iso7816::verify(for_administration, view(wire))));
        if (!answer.sw.ok()) {
            auto refused = refusal(Password::admin, Step::verify, answer.sw);
            // To the person it is the PUK.
            if (is(refused, card_errc::admin_key_wrong))
                return fail(card_errc::puk_incorrect, refused.detail);
            if (is(refused, card_errc::admin_blocked)) return fail(card_errc::puk_blocked);
            return fail(std::move(refused));
        }
        card_.memory().admin = true;
        return set_user(new_pin);
    }
    ACREDITA_TRY(code_wire, on_wire(Password::reset_code, code));
    ACREDITA_TRY(new_wire, on_wire(Password::user, new_pin));
    card_.memory().pin = memory_.sign = false;
    const auto both = joined(code_wire, new_wire);
    ACREDITA_TRY(answer, card_.send(iso7816::reset_retry_counter(for_signature, view(both))));
    if (!answer.sw.ok()) return fail(refusal(Password::reset_code, Step::unblock, answer.sw));
    return {};
}

Result<void> Passwords::set_user(ByteView new_pin) {
    if (!well_formed(Password::user, new_pin)) return fail(card_errc::pin_malformed);
    ACREDITA_TRY(wire, on_wire(Password::user, new_pin));
    auto command = iso7816::reset_retry_counter(for_signature, view(wire));
    command.p1 = 0x02;
    card_.memory().pin = memory_.sign = false;
    ACREDITA_TRY(answer, card_.send(command, Login::admin));
    if (answer.sw == sw::security_not_satisfied) {
        card_.memory().admin = false;
        return fail(card_errc::admin_needed);
    }
    if (!answer.sw.ok()) return fail(judge(Step::unblock, answer.sw));
    return {};
}

// VERIFY with P1 = FF came with version 3 (7.2.2); before that a new selection has to do.
Result<void> Passwords::logout() {
    std::vector<std::uint8_t> open;
    if (memory_.sign) open.push_back(for_signature);
    if (card_.memory().pin) open.push_back(for_the_rest);
    if (card_.memory().admin) open.push_back(for_administration);
    memory_.sign = card_.memory().pin = card_.memory().admin = false;
    if (!card_.memory().selected) return {};
    for (const auto reference : open) {
        ACREDITA_TRY(answer, card_.send(iso7816::verify_reset(reference)));
        if (!answer.sw.ok()) return card_.select();
    }
    return {};
}

} // namespace acredita::dialect::openpgp
