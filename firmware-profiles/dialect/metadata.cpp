// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/metadata.hpp"

#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::dialect {

namespace {

constexpr std::uint8_t get_metadata = 0xF7;
constexpr StatusWord no_description{0x6F00};

card::PinPolicy policy_of(std::uint8_t byte) {
    switch (byte) {
    case 1:
        return card::PinPolicy::never;
    case 2:
        return card::PinPolicy::once;
    case 3:
        return card::PinPolicy::always;
    default:
        return card::PinPolicy::card_default;
    }
}

card::Origin origin_of(std::uint8_t byte, bool from_zero) {
    const unsigned value = byte + (from_zero ? 1U : 0U);
    if (value == 1) return card::Origin::generated;
    return value == 2 ? card::Origin::imported : card::Origin::unknown;
}

void read_field(Metadata& to, const Tlv& field, const profile::Profile& profile) {
    const auto value = field.value;
    if (value.empty()) return;
    switch (field.tag) {
    case 0x01:
        to.algorithm = value[0];
        break;
    case 0x02:
        to.pin_policy = policy_of(value[0]);
        break;
    case 0x03:
        to.origin = origin_of(value[0], profile.has(profile::Quirk::origin_from_zero));
        break;
    case 0x04:
        if (auto key = parse_public_key(value)) to.public_key = std::move(*key);
        break;
    case 0x05:
        to.factory = value[0] == 0 ? card::Known::no : card::Known::yes;
        break;
    case 0x06:
        if (value.size() == 2) to.tries_total = value[0], to.tries_left = value[1];
        break;
    default:
        break;
    }
}

} // namespace

Result<Metadata> parse_metadata(ByteView data, const profile::Profile& profile) {
    Metadata metadata;
    TlvReader reader(data);
    while (!reader.at_end()) {
        const auto field = reader.next();
        if (!field) return fail(card::card_errc::answer_malformed, "metadata");
        read_field(metadata, *field, profile);
    }
    return metadata;
}

Result<std::optional<Metadata>> read_metadata(Application& card, std::uint8_t reference) {
    const auto& profile = card.profile();
    auto& memory = card.memory();
    const bool too_old = memory.version && *memory.version < profile.metadata_since;
    if (!profile.metadata || memory.lacks_metadata || too_old) return std::nullopt;
    ACREDITA_TRY(answer,
                 card.send(CommandApdu{.ins = get_metadata, .p2 = reference, .le = CommandApdu::max_le}));
    if (answer.sw.ok()) {
        ACREDITA_TRY(metadata, parse_metadata({answer.data.data(), answer.data.size()}, profile));
        return std::move(metadata);
    }
    if (answer.sw == sw::instruction_not_supported || answer.sw == sw::class_not_supported) {
        memory.lacks_metadata = true;
        return std::nullopt;
    }
    if (answer.sw == no_description && profile.has(profile::Quirk::imported_key_metadata_6f00))
        return Metadata{.origin = card::Origin::imported, .unreadable = true};
    return fail(judge(Step::use_key, answer.sw));
}

Result<card::PublicKey> parse_public_key(ByteView fields) {
    if (const auto point = find_tlv(fields, 0x86)) return ec_key(*point);
    const auto modulus = find_tlv(fields, 0x81);
    const auto exponent = find_tlv(fields, 0x82);
    if (!modulus || !exponent) return fail(card::card_errc::answer_malformed, "public key");
    return rsa_key(*modulus, *exponent);
}

} // namespace acredita::dialect
