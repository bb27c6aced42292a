// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's passwords: PW1 is the PIN, PW3 the administration key, the resetting code the PUK.
#include "firmware-profiles/card/openpgp_card.hpp"
#include "firmware-profiles/dialect/cipher.hpp"

namespace acredita::card {

namespace openpgp = dialect::openpgp;

// data_ is there.
openpgp::Passwords OpenPgpCard::passwords(dialect::Application& card) { return {card, *data_, passwords_}; }

// Tries are asked of the card each time: another program may have spent some, and the last is a person's to
// give.
Result<void> OpenPgpCard::fresh_tries(Channel& channel) {
    auto card = application(channel);
    if (data_) return openpgp::refresh_tries(card, *data_); // the rest does not change by itself
    ACREDITA_CHECK(data(card));
    return {};
}

Result<PinStatus> OpenPgpCard::pin_status(Channel& channel) {
    ACREDITA_CHECK(fresh_tries(channel));
    return PinStatus{
        .tries_left = data_->tries[0], .tries_total = profile_.pin.tries, .verified = memory_.pin};
}

// None is set as long as its counter says zero; then PW3 does what a PUK does.
Result<PinStatus> OpenPgpCard::puk_status(Channel& channel) {
    ACREDITA_CHECK(fresh_tries(channel));
    const auto left = data_->tries[1] != 0 ? data_->tries[1] : data_->tries[2];
    return PinStatus{.tries_left = left, .tries_total = profile_.puk.tries};
}

Result<void> OpenPgpCard::verify_pin(Channel& channel, ByteView pin) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return passwords(card).verify_user(pin);
}

Result<void> OpenPgpCard::change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return passwords(card).change_user(old_pin, new_pin);
}

Result<void> OpenPgpCard::unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return passwords(card).unblock(puk, new_pin);
}

Result<void> OpenPgpCard::set_pin_as_admin(Channel& channel, ByteView new_pin) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return passwords(card).set_user(new_pin);
}

Result<void> OpenPgpCard::authenticate_admin(Channel& channel, ByteView key) {
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    ACREDITA_CHECK(passwords(card).verify_admin(key));
    const auto factory = profile_.admin.factory_sha256;
    if (!factory.empty()) factory_admin_key_ = equal(dialect::sha256(key), factory) ? Known::yes : Known::no;
    return {};
}

Result<void> OpenPgpCard::logout(Channel& channel) {
    auto card = application(channel);
    if (!data_) {
        forget();
        return card.select();
    }
    return passwords(card).logout();
}

} // namespace acredita::card
