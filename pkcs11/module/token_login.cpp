// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/token.hpp"

#include <charconv>

namespace acredita::module {

namespace {

using card::card_errc;

std::optional<std::uint8_t> hex_digit(std::uint8_t c) {
    if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
    const auto lower = static_cast<std::uint8_t>(c | 0x20U);
    if (lower >= 'a' && lower <= 'f') return static_cast<std::uint8_t>(lower - 'a' + 10);
    return std::nullopt;
}

// nullopt: no administration key looks like this.
std::optional<Secret> read_admin_key(ByteView hex_text) {
    constexpr std::size_t longest = 256; // which length a card wants, it says itself
    if (hex_text.empty() || hex_text.size() % 2 != 0 || hex_text.size() > longest) return std::nullopt;
    Secret key(hex_text.size() / 2);
    for (std::size_t i = 0; i < hex_text.size(); i += 2) {
        const auto high = hex_digit(hex_text[i]);
        const auto low = hex_digit(hex_text[i + 1]);
        if (!high || !low) return std::nullopt;
        (void)key.push_back(static_cast<std::uint8_t>((*high << 4U) | *low));
    }
    return key;
}

} // namespace

CK_RV judge_pin(ByteView pin, const card::PinRules& rules) noexcept {
    if (pin.size() < rules.min || pin.size() > rules.max) return CKR_PIN_LEN_RANGE;
    for (const auto byte : pin)
        if (rules.digits_only ? byte < '0' || byte > '9' : byte == 0xFF) return CKR_PIN_INCORRECT;
    return CKR_OK;
}

// What a refusal tells about the tries left is worth an exchange.
void Token::spent_try(const Error& error) {
    pin_known_ = surroundings_.now();
    if (is(error, card_errc::pin_blocked)) {
        if (!pin_) pin_.emplace();
        pin_->tries_left = 0;
    } else if (is(error, card_errc::pin_incorrect)) {
        unsigned left = 0;
        const auto* end = error.detail.data() + error.detail.size();
        const auto parsed = std::from_chars(error.detail.data(), end, left);
        if (parsed.ec != std::errc{} || parsed.ptr != end) {
            pin_.reset();
            return;
        }
        if (!pin_) pin_.emplace();
        pin_->tries_left = left;
    } else {
        pin_.reset();
        return;
    }
    pin_->verified = false;
    pin_refused_ = true;
}

// Success gives all tries back.
void Token::accepted_pin() {
    if (!pin_) pin_.emplace();
    pin_->tries_left = pin_->tries_total;
    pin_->verified = true;
    pin_refused_ = false;
    pin_known_ = surroundings_.now();
}

// What was asked a moment ago, by C_GetTokenInfo before a login, is not asked again; older than that, another
// program may have spent tries since.
Result<card::PinStatus> Token::fresh_pin_status(Channel& channel) {
    constexpr std::chrono::seconds moment{2};
    if (pin_ && surroundings_.now() - pin_known_ >= moment) pin_.reset();
    return pin_status(channel);
}

// NSS asks for a PIN again and again as long as it is called incorrect. Programs are therefore told that the
// PIN is locked one try before the card would say it, and the flag of the token says "final try".
Result<void> Token::guard_last_try(Channel& channel) {
    if (!surroundings_.settings().guard_last_try) return {};
    const auto status = fresh_pin_status(channel);
    if (!status && card_is_gone(status.error())) return fail(status.error());
    // A card that does not tell its tries cannot be guarded.
    if (status && status->tries_left && *status->tries_left <= 1) return fail(CKR_PIN_LOCKED);
    return {};
}

Result<void> Token::type(Channel& channel, card::PinTask task, Keypad& keypad) {
    return card_->typed_pin(channel, task,
                            [&](const card::TypedPin& question) { return keypad.ask(question); });
}

Result<void> Token::verify_pin(Channel& channel, const PinSource& pin, LastTry last) {
    if (pin.keypad == nullptr)
        if (const auto judged = judge_pin(pin.bytes, rules_.pin); judged != CKR_OK) return fail(judged);
    if (last == LastTry::guarded) ACREDITA_CHECK(guard_last_try(channel));
    auto verified = pin.keypad != nullptr ? type(channel, card::PinTask::verify, *pin.keypad)
                                          : card_->verify_pin(channel, pin.bytes);
    if (!verified)
        spent_try(verified.error());
    else
        accepted_pin();
    return verified;
}

Result<void> Token::verify_again(Channel& channel, ByteView pin) {
    pin_.reset();
    ACREDITA_TRY(status, pin_status(channel));
    if (!status.tries_left || !status.tries_total || *status.tries_left != *status.tries_total)
        return fail(CKR_USER_NOT_LOGGED_IN);
    return verify_pin(channel, {.bytes = pin}, LastTry::guarded);
}

Result<void> Token::verify_admin(Channel& channel, ByteView hex_text) {
    if (!rules_.has_admin) {
        // A card without a PIN asks nobody who he is: whoever gives it its first PIN needs no key.
        const auto status = card_->pin_status(channel);
        const bool blank = !status && is(status.error(), card_errc::not_initialised);
        return blank ? Result<void>{} : fail(CKR_USER_TYPE_INVALID);
    }
    const auto key = read_admin_key(hex_text);
    if (!key) {
        admin_refused_ = true;
        return fail(CKR_PIN_INCORRECT); // not sent
    }
    auto authenticated = card_->authenticate_admin(channel, key->view());
    if (!authenticated && is(authenticated.error(), card_errc::admin_key_malformed)) {
        admin_refused_ = true;
        return fail(CKR_PIN_INCORRECT); // not sent either
    }
    if (authenticated || is(authenticated.error(), card_errc::admin_key_wrong))
        admin_refused_ = !authenticated;
    return authenticated;
}

Result<void> Token::logout(Channel& channel) {
    if (pin_) pin_->verified = false;
    return card_->logout(channel);
}

Result<void> Token::change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) {
    if (!rules_.pin_writable) return fail(CKR_TOKEN_WRITE_PROTECTED);
    if (judge_pin(old_pin, rules_.pin) != CKR_OK) {
        refuse_pin();
        return fail(CKR_PIN_INCORRECT);
    }
    if (judge_pin(new_pin, rules_.pin) == CKR_PIN_LEN_RANGE) return fail(CKR_PIN_LEN_RANGE);
    if (judge_pin(new_pin, rules_.pin) != CKR_OK) return fail(CKR_PIN_INVALID);
    ACREDITA_CHECK(guard_last_try(channel));
    auto changed = card_->change_pin(channel, old_pin, new_pin);
    if (!changed)
        spent_try(changed.error());
    else
        pin_.reset(); // tries and the factory mark are new
    pin_refused_ = !changed && pin_refused_;
    return changed;
}

Result<void> Token::change_pin(Channel& channel, Keypad& keypad) {
    if (!rules_.pin_writable) return fail(CKR_TOKEN_WRITE_PROTECTED);
    ACREDITA_CHECK(guard_last_try(channel));
    auto changed = type(channel, card::PinTask::change, keypad);
    pin_.reset();
    if (!changed) spent_try(changed.error());
    pin_refused_ = !changed && pin_refused_;
    return changed;
}

Result<void> Token::unblock_pin(Channel& channel, Keypad& keypad) {
    if (!rules_.pin_writable) return fail(CKR_TOKEN_WRITE_PROTECTED);
    if (!rules_.has_puk) return fail(CKR_PIN_LOCKED);
    auto unblocked = type(channel, card::PinTask::unblock, keypad);
    puk_.reset();
    pin_.reset();
    pin_refused_ = false;
    return unblocked;
}

Result<void> Token::unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) {
    if (!rules_.pin_writable) return fail(CKR_TOKEN_WRITE_PROTECTED);
    if (!rules_.has_puk) return fail(CKR_PIN_LOCKED);
    if (const auto judged = judge_pin(puk, rules_.puk); judged != CKR_OK) return fail(judged);
    if (judge_pin(new_pin, rules_.pin) == CKR_PIN_LEN_RANGE) return fail(CKR_PIN_LEN_RANGE);
    if (judge_pin(new_pin, rules_.pin) != CKR_OK) return fail(CKR_PIN_INVALID);
    puk_.reset();
    pin_.reset();
    pin_refused_ = false;
    return card_->unblock_pin(channel, puk, new_pin);
}

Result<void> Token::change_puk(Channel& channel, ByteView puk, ByteView new_puk) {
    if (!rules_.puk_writable) return fail(CKR_FUNCTION_NOT_SUPPORTED);
    if (const auto judged = judge_pin(puk, rules_.puk); judged != CKR_OK) return fail(judged);
    if (judge_pin(new_puk, rules_.puk) == CKR_PIN_LEN_RANGE) return fail(CKR_PIN_LEN_RANGE);
    if (judge_pin(new_puk, rules_.puk) != CKR_OK) return fail(CKR_PIN_INVALID);
    puk_.reset();
    return card_->change_puk(channel, puk, new_puk);
}

Result<void> Token::prepare(Channel& channel, ByteView puk, std::string_view label) {
    if (!rules_.has_puk) return fail(CKR_FUNCTION_NOT_SUPPORTED);
    if (judge_pin(puk, rules_.puk) == CKR_PIN_LEN_RANGE) return fail(CKR_PIN_LEN_RANGE);
    auto prepared = card_->prepare(channel, puk, label);
    pin_.reset();
    identity_.reset();
    doubt();
    return prepared;
}

Result<void> Token::init_pin(Channel& channel, ByteView new_pin) {
    if (!rules_.writable) return fail(CKR_TOKEN_WRITE_PROTECTED);
    if (judge_pin(new_pin, rules_.pin) == CKR_PIN_LEN_RANGE) return fail(CKR_PIN_LEN_RANGE);
    if (judge_pin(new_pin, rules_.pin) != CKR_OK) return fail(CKR_PIN_INVALID);
    pin_.reset();
    return card_->set_pin_as_admin(channel, new_pin);
}

} // namespace acredita::module
