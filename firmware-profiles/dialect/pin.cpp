// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pin.hpp"

#include "firmware-profiles/dialect/metadata.hpp"
#include "pcsc/apdu/iso7816.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

void append_padded(ZeroingBytes& to, ByteView value, const profile::PinValue& rules) {
    to.insert(to.end(), value.begin(), value.end());
    to.insert(to.end(), rules.width - value.size(), rules.filler);
}

ZeroingBytes two_values(ByteView first, const profile::PinValue& first_rules, ByteView second,
                        const profile::PinValue& second_rules) {
    ZeroingBytes both;
    both.reserve(first_rules.width + second_rules.width);
    append_padded(both, first, first_rules);
    append_padded(both, second, second_rules);
    return both;
}

// What metadata say about a reference; nullopt if the card has none.
Result<std::optional<card::PinStatus>> from_metadata(Application& card, std::uint8_t reference) {
    ACREDITA_TRY(metadata, read_metadata(card, reference));
    if (!metadata || !metadata->tries_left) return std::nullopt;
    return card::PinStatus{metadata->tries_left, metadata->tries_total, metadata->factory, false};
}

} // namespace

bool well_formed(ByteView value, const profile::PinValue& rules) noexcept {
    if (value.size() < rules.rules.min || value.size() > rules.rules.max || value.size() > rules.width)
        return false;
    return std::none_of(value.begin(), value.end(), [&](std::uint8_t byte) {
        return byte == rules.filler || (rules.rules.digits_only && (byte < '0' || byte > '9'));
    });
}

Result<void> verify_pin(Application& card, ByteView pin) {
    const auto& rules = card.profile().pin;
    if (!rules.present) return fail(card::card_errc::not_supported);
    if (!well_formed(pin, rules)) return fail(card::card_errc::pin_malformed);
    ZeroingBytes padded;
    padded.reserve(rules.width);
    append_padded(padded, pin, rules);
    const auto answer =
        card.must(iso7816::verify(rules.reference, {padded.data(), padded.size()}), Step::verify);
    card.memory().pin = answer.has_value();
    if (!answer) return fail(answer.error());
    return {};
}

Result<void> change_pin(Application& card, ByteView old_pin, ByteView new_pin) {
    const auto& rules = card.profile().pin;
    if (!rules.present) return fail(card::card_errc::not_supported);
    if (!well_formed(old_pin, rules) || !well_formed(new_pin, rules))
        return fail(card::card_errc::pin_malformed);
    const auto data = two_values(old_pin, rules, new_pin, rules);
    card.memory().pin = false;
    ACREDITA_CHECK(card.must(iso7816::change_reference_data(rules.reference, {data.data(), data.size()}),
                             Step::change_pin));
    return {};
}

Result<void> unblock_pin(Application& card, ByteView puk, ByteView new_pin) {
    const auto& pin_rules = card.profile().pin;
    const auto& puk_rules = card.profile().puk;
    if (!pin_rules.present || !puk_rules.present) return fail(card::card_errc::not_supported);
    if (!well_formed(puk, puk_rules) || !well_formed(new_pin, pin_rules))
        return fail(card::card_errc::pin_malformed);
    const auto data = two_values(puk, puk_rules, new_pin, pin_rules);
    card.memory().pin = false;
    ACREDITA_CHECK(card.must(iso7816::reset_retry_counter(pin_rules.reference, {data.data(), data.size()}),
                             Step::unblock));
    return {};
}

Result<void> change_puk(Application& card, ByteView puk, ByteView new_puk) {
    const auto& rules = card.profile().puk;
    if (!rules.present) return fail(card::card_errc::not_supported);
    if (!well_formed(puk, rules) || !well_formed(new_puk, rules)) return fail(card::card_errc::pin_malformed);
    const auto data = two_values(puk, rules, new_puk, rules);
    ACREDITA_CHECK(card.must(iso7816::change_reference_data(rules.reference, {data.data(), data.size()}),
                             Step::unblock));
    return {};
}

Result<card::PinStatus> pin_status(Application& card) {
    const auto& rules = card.profile().pin;
    if (!rules.present) return fail(card::card_errc::not_supported);
    ACREDITA_TRY(told, from_metadata(card, rules.reference));
    if (told) {
        told->verified = card.memory().pin;
        return *told;
    }
    ACREDITA_TRY(answer, card.send(iso7816::verify_status(rules.reference)));
    card::PinStatus status{.tries_total = rules.tries};
    status.verified = answer.sw.ok();
    if (answer.sw.has_tries()) status.tries_left = answer.sw.tries();
    if (answer.sw == sw::blocked) status.tries_left = 0;
    if (!status.verified) card.memory().pin = false;
    if (!status.verified && !status.tries_left) return fail(judge(Step::query, answer.sw));
    return status;
}

Result<card::PinStatus> puk_status(Application& card) {
    const auto& rules = card.profile().puk;
    if (!rules.present) return fail(card::card_errc::not_supported);
    ACREDITA_TRY(told, from_metadata(card, rules.reference));
    return told ? *told : card::PinStatus{.tries_total = rules.tries};
}

Result<void> logout(Application& card) {
    const auto& rules = card.profile().pin;
    const bool admin = card.memory().admin;
    card.memory().pin = false;
    if (card.profile().logout && rules.present && card.memory().selected) {
        ACREDITA_TRY(answer, card.send(iso7816::verify_reset(rules.reference)));
        if (answer.sw.ok() && !admin) return {};
    }
    return card.select(); // the only thing that forgets the administration key
}

} // namespace acredita::dialect
