// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card as a whole: who it is, its PIN, its keys in use.
#include "firmware-profiles/card/pkcs15_card.hpp"

#include "firmware-profiles/card/typed_pin.hpp"
#include "firmware-profiles/dialect/curve_parameters.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/status.hpp"
#include "pcsc/apdu/iso7816.hpp"

#include <algorithm>

namespace acredita::card {

namespace {

// What the applet says to all that concerns its PIN as long as none was set.
template <class T>
Result<T> told_apart_if_blank(Result<T> answer) {
    const bool blank = !answer && is(answer.error(), card_errc::refused) && answer.error().detail == "6985";
    return blank ? Result<T>(fail(card_errc::not_initialised)) : std::move(answer);
}

constexpr std::size_t longest_short_command = 255;

} // namespace

void Pkcs15Card::forget() noexcept {
    memory_.lose();
    environment_.reset();
    contents_.reset();
}

Result<const profile::Place*> Pkcs15Card::place_of(KeyReference place) const {
    const auto* found = profile_.find(place);
    if (found == nullptr) return fail(card_errc::key_not_found, to_hex(Bytes{place}));
    return found;
}

const KeySlot* Pkcs15Card::remembered(KeyReference place) const noexcept {
    const auto found = std::find_if(remembered_.rbegin(), remembered_.rend(),
                                    [&](const KeySlot& slot) { return slot.reference == place; });
    return found == remembered_.rend() || found->certificate.empty() ? nullptr : &*found;
}

std::vector<KeyReference> Pkcs15Card::places() const {
    std::vector<KeyReference> list;
    for (const auto& place : profile_.places)
        if (place.for_new_keys) list.push_back(place.key);
    return list;
}

Result<Identity> Pkcs15Card::identity(Channel& channel) {
    if (identity_) return *identity_;
    auto card = application(channel);
    dialect::Files files(card, profile_.pkcs15.home);
    ACREDITA_TRY(info, dialect::pkcs15::read_token_info(files, profile_.pkcs15));
    auto serial = info ? ByteView(info->serial) : ByteView();
    // What a program writes that was given no number is no number.
    if (std::ranges::all_of(serial, [](std::uint8_t byte) { return byte == 0x00 || byte == '0'; }))
        serial = {};
    // Sixteen characters at most; of a longer number the end differs from card to card.
    identity_ =
        Identity{std::string(profile_.naming.manufacturer), std::string(profile_.naming.model),
                 to_hex(serial.last(std::min<std::size_t>(serial.size(), 8))), std::string(profile_.title)};
    return *identity_;
}

// The applet's count of tries says nothing about a PIN that was given.
Result<PinStatus> Pkcs15Card::pin_status(Channel& channel) {
    auto card = application(channel);
    const bool verified = memory_.pin;
    const auto losses = memory_.losses;
    auto status = told_apart_if_blank(dialect::pin_status(card));
    if (!status || memory_.losses != losses) return status;
    memory_.pin = verified && status->tries_left != 0U;
    status->verified = memory_.pin;
    return status;
}

Result<PinStatus> Pkcs15Card::puk_status(Channel& channel) {
    auto card = application(channel);
    return dialect::puk_status(card);
}

Result<void> Pkcs15Card::verify_pin(Channel& channel, ByteView pin) {
    auto card = application(channel);
    return told_apart_if_blank(dialect::verify_pin(card, pin));
}

Result<void> Pkcs15Card::change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) {
    auto card = application(channel);
    return dialect::change_pin(card, old_pin, new_pin);
}

Result<void> Pkcs15Card::unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) {
    auto card = application(channel);
    return told_apart_if_blank(dialect::unblock_pin(card, puk, new_pin));
}

Result<void> Pkcs15Card::typed_pin(Channel& channel, PinTask task, const AskPerson& ask) {
    auto card = application(channel);
    return ask_person(card, task, ask);
}

// There is no administration key: the user alone may write.
Result<void> Pkcs15Card::authenticate_admin(Channel&, ByteView) { return fail(card_errc::not_supported); }

Result<void> Pkcs15Card::logout(Channel& channel) {
    auto card = application(channel);
    environment_.reset();
    return dialect::logout(card);
}

Result<ZeroingBytes> Pkcs15Card::operate(Channel& channel, KeyReference place, const Algorithm& algorithm,
                                         Operation operation, ByteView data, ByteView pin) {
    ACREDITA_CHECK(place_of(place));
    auto card = application(channel);
    if (!pin.empty()) ACREDITA_CHECK(dialect::verify_pin(card, pin));
    dialect::Keys keys(card, environment_);
    ACREDITA_TRY(answer,
                 keys.send_operation(place, algorithm, operation, data, dialect::Login::pin, relied_));
    if (answer.sw.ok()) return dialect::Keys::parse_operation(answer, algorithm, operation);
    if (answer.sw == sw::security_not_satisfied) memory_.pin = false;
    return fail(dialect::judge(dialect::Step::use_key, answer.sw));
}

Result<StatusWord> Pkcs15Card::try_operate(Channel& channel, KeyReference place, const Algorithm& algorithm,
                                           Operation operation, ByteView data) {
    auto card = application(channel);
    dialect::Keys keys(card, environment_);
    environment_.reset(); // all of it, as for somebody who comes anew
    ACREDITA_TRY(answer,
                 keys.send_operation(place, algorithm, operation, data, dialect::Login::none, relied_));
    return answer.sw;
}

Result<void> Pkcs15Card::check_import(Channel& channel, const Algorithm& algorithm) {
    auto card = application(channel);
    dialect::Keys keys(card, environment_);
    ACREDITA_CHECK(keys.algorithm_id(algorithm, dialect::Keys::Use::import));
    // A reader or protocol that carries short commands only, and a card that takes no chains.
    const auto size = algorithm.type == KeyType::rsa
                          ? algorithm.bits / 16 * 5
                          : dialect::curve_parameters(algorithm.bits).size() + algorithm.bits / 8;
    if (!profile_.transport.chaining && !card.extended() && size > longest_short_command)
        return fail(card_errc::not_supported, "short commands only");
    if (!takes_keys_) {
        ACREDITA_TRY(takes, keys.takes_keys());
        takes_keys_ = takes;
    }
    return *takes_keys_ ? Result<void>{} : fail(card_errc::not_supported, "6900");
}

} // namespace acredita::card
