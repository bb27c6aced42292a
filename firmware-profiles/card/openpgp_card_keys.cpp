// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's keys and certificates: used, brought in, made, removed.
#include "firmware-profiles/card/openpgp_card.hpp"
#include "firmware-profiles/dialect/openpgp_import.hpp"
#include "firmware-profiles/dialect/openpgp_keys.hpp"

#include <algorithm>

namespace acredita::card {

namespace openpgp = dialect::openpgp;

namespace {

std::optional<PublicKey> certified_key(ByteView der) {
    const auto parts = read_certificate(der);
    if (!parts) return std::nullopt;
    auto key = read_public_key(parts->spki);
    return key ? std::optional(std::move(*key)) : std::nullopt;
}

} // namespace

Result<ZeroingBytes> OpenPgpCard::operate(Channel& channel, KeyReference reference,
                                          const Algorithm& algorithm, Operation operation,
                                          ByteView data_to_use, ByteView pin) {
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    const bool signs = at.second == openpgp::Use::sign;
    const bool always = signs && data_->one_signature;
    if (!pin.empty() && always) {
        ACREDITA_CHECK(passwords(card).verify_for_signature(pin));
    }
    auto answer = openpgp::send_operation(card, at.second, algorithm, operation, data_to_use,
                                          always ? dialect::Login::none : dialect::Login::pin);
    if (always) passwords_.sign = false; // used up, or refused
    const bool locked =
        answer ? answer->sw == sw::security_not_satisfied : is(answer.error(), card_errc::pin_needed);
    if (locked && !pin.empty() && !always) { // the PIN was given for this very operation
        ACREDITA_CHECK(passwords(card).verify_user(pin));
        answer =
            openpgp::send_operation(card, at.second, algorithm, operation, data_to_use, dialect::Login::pin);
    }
    if (!answer) return fail(std::move(answer).error());
    if (answer->sw.ok()) return openpgp::parse_operation(*answer, algorithm, operation);
    if (answer->sw == sw::security_not_satisfied && !always) memory_.pin = false;
    return fail(dialect::judge(dialect::Step::use_key, answer->sw));
}

Result<StatusWord> OpenPgpCard::try_operate(Channel& channel, KeyReference reference,
                                            const Algorithm& algorithm, Operation operation,
                                            ByteView data_to_use) {
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_TRY(answer, openpgp::send_operation(card, at.second, algorithm, operation, data_to_use,
                                                 dialect::Login::none));
    return answer.sw;
}

Result<bool> OpenPgpCard::knows(Channel& channel, const Algorithm& algorithm) {
    if (profile_.find(algorithm) == nullptr) return false;
    auto card = application(channel);
    ACREDITA_TRY(known, data(card));
    if (known->changes_attributes()) return true;
    return std::ranges::any_of(known->keys, [&](const openpgp::KeyFacts& key) {
        return openpgp::algorithm_of(key.attributes) == algorithm;
    });
}

Result<void> OpenPgpCard::check_import(Channel& channel, const Algorithm& algorithm) {
    ACREDITA_CHECK(Card::check_import(channel, algorithm));
    ACREDITA_TRY(possible, knows(channel, algorithm));
    if (!possible) return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    return {};
}

Result<void> OpenPgpCard::import_key(Channel& channel, KeyReference reference, const PrivateKey& key,
                                     PinPolicy) {
    ACREDITA_TRY(at, place_of(reference));
    const auto* row = profile_.find({key.type, key.bits});
    if (row == nullptr || !row->import)
        return fail(card_errc::algorithm_not_supported, std::to_string(key.bits));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    ACREDITA_CHECK(openpgp::set_algorithm(card, *data_, at.second, {key.type, key.bits}));
    const auto seen = seen_.find(reference);
    const auto known = seen == seen_.end() ? std::nullopt : certified_key(seen->second);
    ACREDITA_CHECK(openpgp::import_key(card, *data_, at.second, key, known));
    return put_back(card, *at.first);
}

Result<PublicKey> OpenPgpCard::generate_key(Channel& channel, KeyReference reference,
                                            const Algorithm& algorithm, PinPolicy) {
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return openpgp::generate_key(card, *data_, at.second, algorithm);
}

// Some firmware empties the whole place when a key comes; what we stored for it just before goes there again.
Result<void> OpenPgpCard::put_back(dialect::Application& card, const profile::Place& place) {
    const auto seen = seen_.find(place.key);
    if (!profile_.has(profile::Quirk::new_key_ends_certificate) || seen == seen_.end() ||
        seen->second.empty())
        return {};
    return openpgp::write_certificate(card, place, seen->second, occurrence_);
}

// Changing the algorithm later would end the certificate on some cards, and the key on all of them: it is
// done while the place is being given away anyhow.
Result<void> OpenPgpCard::settle_place(dialect::Application& card, Use use, const PublicKey& key) {
    const auto* row = profile_.find({key.type, key.bits});
    if (row == nullptr) return fail(card_errc::algorithm_not_supported, std::to_string(key.bits));
    return openpgp::set_algorithm(card, *data_, use, row->algorithm);
}

Result<void> OpenPgpCard::store_certificate(Channel& channel, KeyReference reference, ByteView der) {
    ACREDITA_TRY(at, place_of(reference));
    if (profile_.objects.role == profile::Role::nobody || at.first->certificate == 0)
        return fail(card_errc::not_supported);
    ACREDITA_TRY(limit, max_certificate(channel));
    if (der.size() > limit) return fail(card_errc::object_too_large, std::to_string(der.size()));
    auto card = application(channel);
    if (!memory_.admin) return fail(card_errc::admin_needed);
    if (const auto key = certified_key(der)) ACREDITA_CHECK(settle_place(card, at.second, *key));
    seen_.erase(reference);
    ACREDITA_CHECK(openpgp::write_certificate(card, *at.first, der, occurrence_));
    take_note(reference, der);
    return {};
}

Result<void> OpenPgpCard::delete_certificate(Channel& channel, KeyReference reference) {
    ACREDITA_TRY(at, place_of(reference));
    if (profile_.objects.role == profile::Role::nobody || at.first->certificate == 0)
        return fail(card_errc::not_supported);
    auto card = application(channel);
    seen_.erase(reference);
    ACREDITA_CHECK(openpgp::write_certificate(card, *at.first, {}, occurrence_));
    take_note(reference, {});
    return {};
}

Result<void> OpenPgpCard::delete_key(Channel& channel, KeyReference reference) {
    ACREDITA_TRY(at, place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(data(card));
    return openpgp::delete_key(card, *data_, at.second);
}

} // namespace acredita::card
