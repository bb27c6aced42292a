// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card's keys: used, brought in, made, removed.
#include "firmware-profiles/card/piv_card.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/piv_keys.hpp"
#include "firmware-profiles/dialect/piv_objects.hpp"

namespace acredita::card {

Result<ZeroingBytes> PivCard::operate(Channel& channel, KeyReference reference, const Algorithm& algorithm,
                                      Operation operation, ByteView data, ByteView pin) {
    ACREDITA_TRY(place, place_of(reference));
    const auto policy = slot_of(*place).pin_policy;
    const auto login = policy == PinPolicy::never ? dialect::Login::none : dialect::Login::pin;
    auto card = application(channel);
    bool verified = false;
    if (!pin.empty() && policy == PinPolicy::always) {
        ACREDITA_CHECK(dialect::verify_pin(card, pin));
        verified = true;
    }
    auto answer = dialect::send_operation(card, reference, algorithm, operation, data, login);
    const bool locked =
        answer ? answer->sw == sw::security_not_satisfied : is(answer.error(), card_errc::pin_needed);
    if (locked && !pin.empty() && !verified) { // the PIN was given for this very operation
        ACREDITA_CHECK(dialect::verify_pin(card, pin));
        answer = dialect::send_operation(card, reference, algorithm, operation, data, login);
    }
    if (!answer) return fail(std::move(answer).error());
    if (answer->sw.ok()) return dialect::parse_operation(*answer, algorithm, operation);
    // A key that asks each time says nothing about the PIN of the others.
    if (answer->sw == sw::security_not_satisfied && policy != PinPolicy::always) memory_.pin = false;
    return fail(dialect::judge(dialect::Step::use_key, answer->sw));
}

Result<StatusWord> PivCard::try_operate(Channel& channel, KeyReference reference, const Algorithm& algorithm,
                                        Operation operation, ByteView data) {
    auto card = application(channel);
    ACREDITA_TRY(answer,
                 dialect::send_operation(card, reference, algorithm, operation, data, dialect::Login::none));
    return answer.sw;
}

Result<void> PivCard::check_import(Channel& channel, const Algorithm& algorithm) {
    auto card = application(channel);
    ACREDITA_CHECK(dialect::algorithm_id(card, algorithm, dialect::Use::import));
    return {};
}

Result<bool> PivCard::knows(Channel& channel, const Algorithm& algorithm) {
    const auto* row = profile_.find(algorithm);
    if (row == nullptr || row->since == profile::Version{}) return row != nullptr;
    auto card = application(channel);
    ACREDITA_TRY(version, card.version());
    return version >= row->since;
}

Result<void> PivCard::import_key(Channel& channel, KeyReference reference, const PrivateKey& key,
                                 PinPolicy policy) {
    ACREDITA_CHECK(place_of(reference));
    const auto wanted = policy == PinPolicy::card_default ? PinPolicy::once : policy;
    auto card = application(channel);
    ACREDITA_CHECK(dialect::import_key(card, reference, key, wanted));
    keys_[reference] = {.present = Known::yes,
                        .pin_policy = profile_.import.pin_policy ? wanted : PinPolicy::card_default,
                        .origin = Origin::imported};
    return {};
}

Result<PublicKey> PivCard::generate_key(Channel& channel, KeyReference reference, const Algorithm& algorithm,
                                        PinPolicy policy) {
    ACREDITA_CHECK(place_of(reference));
    const auto wanted = policy == PinPolicy::card_default ? PinPolicy::once : policy;
    auto card = application(channel);
    ACREDITA_TRY(key, dialect::generate_key(card, reference, algorithm, wanted));
    keys_[reference] = {.present = Known::yes,
                        .pin_policy = profile_.generate.pin_policy ? wanted : PinPolicy::card_default,
                        .origin = Origin::generated,
                        .public_key = key};
    return std::move(key);
}

Result<void> PivCard::store_certificate(Channel& channel, KeyReference reference, ByteView der) {
    ACREDITA_TRY(place, place_of(reference));
    if (profile_.objects.role == profile::Role::nobody) return fail(card_errc::not_supported);
    const auto max = profile_.objects.max_certificate;
    if (max != 0 && der.size() > max) return fail(card_errc::object_too_large, std::to_string(der.size()));
    auto card = application(channel);
    const auto content = dialect::wrap_certificate(der);
    heads_.erase(reference);
    ACREDITA_CHECK(dialect::write_object(card, place->certificate, content));
    heads_[reference] = dialect::head_of_object(content);
    if (place->purpose != profile::Purpose::retired) return {};
    unsigned before = 1; // counting this one
    for (const auto& other : profile_.places)
        if (other.purpose == profile::Purpose::retired && other.key < place->key) ++before;
    return dialect::raise_key_history(card, before);
}

Result<void> PivCard::delete_certificate(Channel& channel, KeyReference reference) {
    ACREDITA_TRY(place, place_of(reference));
    if (profile_.objects.role == profile::Role::nobody) return fail(card_errc::not_supported);
    auto card = application(channel);
    auto written = dialect::write_object(card, place->certificate, {});
    heads_.erase(reference);
    if (written) heads_[reference] = {};
    if (!written && is(written.error(), card_errc::object_not_found)) return {};
    return written;
}

Result<void> PivCard::delete_key(Channel& channel, KeyReference reference) {
    ACREDITA_CHECK(place_of(reference));
    auto card = application(channel);
    ACREDITA_CHECK(dialect::delete_key(card, reference));
    keys_[reference] = {.present = Known::no};
    return {};
}

} // namespace acredita::card
