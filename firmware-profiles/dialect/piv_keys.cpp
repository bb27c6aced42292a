// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/piv_keys.hpp"

#include "firmware-profiles/dialect/metadata.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr Tag authentication_template = 0x7C;
constexpr Tag pin_policy_tag = 0xAA;

std::size_t width_of(const card::Algorithm& algorithm) { return (algorithm.bits + 7) / 8; }

void append_policy(ZeroingBytes& to, card::PinPolicy policy) {
    const std::uint8_t value = policy == card::PinPolicy::never    ? 1
                               : policy == card::PinPolicy::always ? 3
                                                                   : 2;
    append(to, make_tlv(pin_policy_tag, Bytes{value}));
}

// One part of a private key, padded on the left to `width`.
Result<void> append_part(ZeroingBytes& to, Tag tag, const Secret& part, std::size_t width) {
    const auto value = trimmed(part.view());
    if (value.empty() || value.size() > width)
        return fail(card_errc::algorithm_not_supported,
                    "a part of the key has " + std::to_string(value.size()) + " bytes");
    append(to, tlv_header(tag, width));
    to.insert(to.end(), width - value.size(), 0);
    append(to, value);
    return {};
}

Result<void> append_rsa(ZeroingBytes& to, const card::PrivateKey& key) {
    constexpr std::uint8_t f4[] = {0x01, 0x00, 0x01};
    // The card computes with 65537 without being told.
    if (!equal(trimmed(key.exponent), f4)) return fail(card_errc::algorithm_not_supported, "public exponent");
    const std::size_t half = (key.bits / 2 + 7) / 8;
    const std::pair<Tag, const Secret*> parts[] = {
        {0x01, &key.p}, {0x02, &key.q}, {0x03, &key.dp}, {0x04, &key.dq}, {0x05, &key.qinv}};
    for (const auto& [tag, part] : parts) ACREDITA_CHECK(append_part(to, tag, *part, half));
    return {};
}

bool data_fits(const card::Algorithm& algorithm, card::Operation operation, ByteView data) {
    const bool rsa = algorithm.type == card::KeyType::rsa;
    switch (operation) {
    case card::Operation::rsa_raw:
        return rsa && data.size() == width_of(algorithm);
    case card::Operation::rsa_pkcs1:
        return rsa && !data.empty() && data.size() + 11 <= width_of(algorithm);
    case card::Operation::ecdsa:
        return !rsa && !data.empty() && data.size() <= width_of(algorithm);
    case card::Operation::ecdh:
        return !rsa && data.size() == 2 * width_of(algorithm) + 1 && data[0] == 0x04;
    case card::Operation::rsa_decrypt: // no PIV card pads, or hashes
    case card::Operation::rsa_pss:
    case card::Operation::ecdsa_sha1:
        break;
    }
    return false;
}

Result<card::PublicKey> generate_raw(Application& card, card::KeyReference place, std::uint8_t id,
                                     std::optional<card::PinPolicy> policy) {
    ZeroingBytes fields{0x80, 0x01, id};
    if (policy) append_policy(fields, *policy);
    CommandApdu command{.ins = 0x47, .p2 = place, .le = CommandApdu::max_le};
    command.data = zeroing(make_tlv(0xAC, {fields.data(), fields.size()}));
    ACREDITA_TRY(answer, card.must(command, Step::generate, Login::admin));
    const auto key = find_tlv({answer.data.data(), answer.data.size()}, 0x7F49);
    if (!key) return fail(card_errc::answer_malformed, "generated key");
    return parse_public_key(*key);
}

} // namespace

Result<std::uint8_t> algorithm_id(Application& card, const card::Algorithm& algorithm, Use use) {
    const auto& profile = card.profile();
    if ((use == Use::import && profile.import.kind == profile::ImportKind::none) ||
        (use == Use::generate && profile.generate.kind == profile::GenerateKind::none))
        return fail(card_errc::not_supported);
    const auto* row = profile.find(algorithm);
    const bool listed =
        row != nullptr && ((use == Use::use && row->use) || (use == Use::import && row->import) ||
                           (use == Use::generate && row->generate));
    if (!listed) return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    // A key that is there is one the card can use; only new ones depend on the version.
    if (use == Use::use || row->since == profile::Version{}) return row->id;
    ACREDITA_TRY(version, card.version());
    if (version < row->since) return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    return row->id;
}

Result<ResponseApdu> send_operation(Application& card, card::KeyReference place,
                                    const card::Algorithm& algorithm, card::Operation operation,
                                    ByteView data, Login login) {
    if (!card.profile().can(operation)) return fail(card_errc::not_supported);
    ACREDITA_TRY(id, algorithm_id(card, algorithm, Use::use));
    if (!data_fits(algorithm, operation, data))
        return fail(card_errc::data_refused, std::to_string(data.size()));
    const Tag tag = operation == card::Operation::ecdh ? 0x85 : 0x81;
    ZeroingBytes fields{0x82, 0x00};
    append(fields, tlv_header(tag, data.size()));
    append(fields, data);
    CommandApdu command{.ins = 0x87, .p1 = id, .p2 = place, .le = CommandApdu::max_le, .mask = Mask::both};
    append(command.data, tlv_header(authentication_template, fields.size()));
    append(command.data, {fields.data(), fields.size()});
    return card.send(command, login);
}

Result<ZeroingBytes> parse_operation(const ResponseApdu& answer, const card::Algorithm& algorithm,
                                     card::Operation operation) {
    const auto result = find_tlv({answer.data.data(), answer.data.size()}, {authentication_template, 0x82});
    if (!result) return fail(card_errc::answer_malformed, "response template");
    if (operation == card::Operation::ecdsa) return raw_ecdsa(*result, width_of(algorithm));
    if (result->size() != width_of(algorithm))
        return fail(card_errc::answer_malformed, std::to_string(result->size()) + " bytes");
    return zeroing(*result);
}

Result<void> import_key(Application& card, card::KeyReference place, const card::PrivateKey& key,
                        card::PinPolicy policy) {
    ACREDITA_TRY(id, algorithm_id(card, {key.type, key.bits}, Use::import));
    CommandApdu command{.ins = 0xFE, .p1 = id, .p2 = place, .mask = Mask::data};
    command.data.reserve(key.type == card::KeyType::rsa ? key.bits / 16 * 5 + 64 : 128);
    ACREDITA_CHECK(key.type == card::KeyType::rsa
                       ? append_rsa(command.data, key)
                       : append_part(command.data, 0x06, key.d, (key.bits + 7) / 8));
    // Always said: a card's own habit differs by place, and 9C would ask for the PIN at each signature.
    if (card.profile().import.pin_policy) append_policy(command.data, policy);
    ACREDITA_CHECK(card.must(command, Step::import, Login::admin));
    return {};
}

Result<card::PublicKey> generate_key(Application& card, card::KeyReference place,
                                     const card::Algorithm& algorithm, card::PinPolicy policy) {
    ACREDITA_TRY(id, algorithm_id(card, algorithm, Use::generate));
    const auto said = card.profile().generate.pin_policy ? std::optional(policy) : std::nullopt;
    ACREDITA_TRY(key, generate_raw(card, place, id, said));
    if (key.type != algorithm.type || key.bits != algorithm.bits)
        return fail(card_errc::answer_malformed, "another kind of key than asked for");
    return std::move(key);
}

Result<void> delete_key(Application& card, card::KeyReference place) {
    const auto& how = card.profile().deletion;
    auto kind = how.kind;
    if (how.since != profile::Version{}) {
        ACREDITA_TRY(version, card.version());
        if (version < how.since) kind = how.before;
    }
    if (kind == profile::DeleteKind::none) return fail(card_errc::not_supported);
    if (kind == profile::DeleteKind::yubico_f6) {
        ACREDITA_CHECK(
            card.must(CommandApdu{.ins = 0xF6, .p1 = 0xFF, .p2 = place}, Step::delete_key, Login::admin));
        return {};
    }
    // The cheapest key there is takes the place of the old one; nobody will ever hold its certificate.
    const auto& all = card.profile().algorithms;
    const auto small = std::find_if(all.begin(), all.end(), [](const profile::KeyAlgorithm& one) {
        return one.generate && one.algorithm.type == card::KeyType::ec && one.since == profile::Version{};
    });
    if (small == all.end()) return fail(card_errc::not_supported);
    ACREDITA_CHECK(generate_raw(card, place, small->id, std::nullopt));
    return {};
}

} // namespace acredita::dialect
