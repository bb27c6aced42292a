// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/openpgp_keys.hpp"

#include "firmware-profiles/dialect/openpgp_import.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>
#include <ctime>

namespace acredita::dialect::openpgp {

namespace {

using card::card_errc;
using card::Operation;

constexpr std::uint16_t header_list_tag = 0x3FFF;
constexpr std::uint16_t first_fingerprint = 0xC7;
constexpr std::uint16_t first_date = 0xCE;
constexpr std::uint16_t first_attributes = 0xC1;

std::size_t width_of(const card::Algorithm& algorithm) { return (algorithm.bits + 7) / 8; }
std::uint16_t tag_of(std::uint16_t first, Use use) {
    return static_cast<std::uint16_t>(first + static_cast<unsigned>(use) - 1);
}

bool data_fits(Use use, const card::Algorithm& algorithm, Operation operation, ByteView data) {
    const bool rsa = algorithm.type == card::KeyType::rsa;
    const auto width = width_of(algorithm);
    const bool signs = use != Use::decipher;
    switch (operation) {
    case Operation::rsa_pkcs1: // 7.2.10.1: two fifths of the modulus at most
        return signs && rsa && !data.empty() && data.size() * 5 <= width * 2;
    case Operation::ecdsa:
        return signs && !rsa && !data.empty() && data.size() <= width;
    case Operation::rsa_decrypt:
        return !signs && rsa && data.size() == width;
    case Operation::ecdh:
        return !signs && !rsa && data.size() == 2 * width + 1 && data[0] == 0x04;
    case Operation::rsa_raw:
    case Operation::rsa_pss:
    case Operation::ecdsa_sha1:
        break;
    }
    return false;
}

// r and s one behind the other. Some cards write only as many bytes as the longer one has, or zeros in front.
Result<ZeroingBytes> two_numbers(ByteView answer, std::size_t width) {
    const auto half = answer.size() / 2;
    if (answer.empty() || answer.size() % 2 != 0 || half > width + 1)
        return fail(card_errc::answer_malformed, "signature");
    ZeroingBytes raw(2 * width, 0);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto value = trimmed(answer.subspan(i * half, half));
        if (value.empty() || value.size() > width) return fail(card_errc::answer_malformed, "signature");
        std::ranges::copy(value, raw.begin() + static_cast<std::ptrdiff_t>((i + 1) * width - value.size()));
    }
    return raw;
}

Result<card::PublicKey> parse_public(ByteView answer, const card::Algorithm& algorithm) {
    const auto inner = find_tlv(answer, 0x7F49);
    const auto modulus = inner ? find_tlv(*inner, 0x81) : std::nullopt;
    const auto exponent = inner ? find_tlv(*inner, 0x82) : std::nullopt;
    const auto point = inner ? find_tlv(*inner, 0x86) : std::nullopt;
    if (modulus && exponent && algorithm.type == card::KeyType::rsa) return rsa_key(*modulus, *exponent);
    if (point && algorithm.type == card::KeyType::ec) return ec_key(*point);
    return fail(card_errc::answer_malformed, "public key");
}

// P1 80 makes a key, 81 reads it.
CommandApdu pair_command(std::uint8_t p1, Use use) {
    CommandApdu command{.ins = 0x47, .p1 = p1, .le = CommandApdu::max_le};
    command.data = zeroing(control_reference(use));
    return command;
}

Result<card::PublicKey> pair(Application& card, const ApplicationData& data, std::uint8_t p1, Use use) {
    const auto algorithm = algorithm_of(data.key(use).attributes);
    if (!algorithm) return fail(card_errc::algorithm_not_supported);
    const bool makes = p1 == 0x80;
    ACREDITA_TRY(answer, card.must(pair_command(p1, use), makes ? Step::generate : Step::use_key,
                                   makes ? Login::admin : Login::none));
    return parse_public({answer.data.data(), answer.data.size()}, *algorithm);
}

// Programs hide keys without a fingerprint; it is made of the key and its date.
Result<void> name_key(Application& card, ApplicationData& data, Use use, const card::PublicKey& key,
                      std::uint8_t information) {
    const auto created = static_cast<std::uint32_t>(std::time(nullptr));
    const auto print = fingerprint(key, use, created);
    const Bytes date{
        static_cast<std::uint8_t>(created >> 24U), static_cast<std::uint8_t>(created >> 16U & 0xFFU),
        static_cast<std::uint8_t>(created >> 8U & 0xFFU), static_cast<std::uint8_t>(created & 0xFFU)};
    ACREDITA_CHECK(card.must(put_data(tag_of(first_fingerprint, use), print), Step::write, Login::admin));
    data.key(use).fingerprint = print;
    if (data.key(use).information) data.key(use).information = information;
    ACREDITA_CHECK(card.must(put_data(tag_of(first_date, use), date), Step::write, Login::admin));
    return {};
}

Result<void> write_attributes(Application& card, ApplicationData& data, Use use, const Bytes& attributes) {
    auto written = card.must(put_data(tag_of(first_attributes, use), attributes), Step::write, Login::admin);
    if (!written && is(written.error(), card_errc::data_refused))
        return fail(card_errc::algorithm_not_supported, "refused as attributes");
    if (!written) return fail(std::move(written).error());
    auto& key = data.key(use);
    key.attributes = attributes;
    key.fingerprint.assign(key.fingerprint.size(), 0);
    if (key.information) key.information = std::uint8_t{0};
    return {};
}

} // namespace

Result<ResponseApdu> send_operation(Application& card, Use use, const card::Algorithm& algorithm,
                                    Operation operation, ByteView data, Login login) {
    if (!data_fits(use, algorithm, operation, data))
        return fail(card_errc::data_refused, std::to_string(data.size()));
    const auto width = width_of(algorithm);
    CommandApdu command{.ins = 0x2A, .p1 = 0x9E, .p2 = 0x9A, .le = std::max<std::size_t>(width, 256)};
    command.mask = Mask::both;
    if (use == Use::authenticate) {
        command.ins = 0x88;
        command.p1 = command.p2 = 0x00;
    } else if (use == Use::decipher) {
        command.p1 = 0x80;
        command.p2 = 0x86;
    }
    if (operation == Operation::rsa_decrypt) command.data.push_back(0x00); // the padding indicator
    if (operation == Operation::ecdh)
        command.data = zeroing(make_tlv(0xA6, make_tlv(0x7F49, make_tlv(0x86, data))));
    else
        append(command.data, data);
    return card.send(command, login);
}

Result<ZeroingBytes> parse_operation(const ResponseApdu& answer, const card::Algorithm& algorithm,
                                     Operation operation) {
    const ByteView data(answer.data.data(), answer.data.size());
    const auto width = width_of(algorithm);
    switch (operation) {
    case Operation::ecdsa:
        return two_numbers(data, width);
    case Operation::ecdh: // the x coordinate, or the whole point
        if (data.size() == 2 * width + 1 && data[0] == 0x04) return zeroing(data.subspan(1, width));
        if (data.size() == width) return zeroing(data);
        break;
    case Operation::rsa_decrypt:
        if (data.size() + 11 <= width) return zeroing(data);
        break;
    case Operation::rsa_pkcs1:
        if (data.size() == width) return zeroing(data);
        break;
    case Operation::rsa_raw:
    case Operation::rsa_pss:
    case Operation::ecdsa_sha1:
        break;
    }
    return fail(card_errc::answer_malformed, std::to_string(data.size()) + " bytes");
}

Result<void> set_algorithm(Application& card, ApplicationData& data, Use use,
                           const card::Algorithm& algorithm) {
    ACREDITA_TRY(attributes, attributes_for(data, card.profile(), use, algorithm));
    if (attributes == data.key(use).attributes) return {};
    return write_attributes(card, data, use, attributes);
}

Result<card::PublicKey> import_key(Application& card, ApplicationData& data, Use use,
                                   const card::PrivateKey& key, const std::optional<card::PublicKey>& known) {
    auto half = known ? known : public_half(key);
    const auto point = half ? ByteView(half->point) : ByteView{};
    CommandApdu command{.ins = 0xDB,
                        .p1 = static_cast<std::uint8_t>(header_list_tag >> 8U),
                        .p2 = static_cast<std::uint8_t>(header_list_tag & 0xFFU),
                        .mask = Mask::data};
    ACREDITA_TRY(list, extended_header_list(use, data.key(use).attributes, key, point));
    command.data = std::move(list);
    ACREDITA_CHECK(card.must(command, Step::import, Login::admin));
    if (!half) {
        ACREDITA_TRY(read, pair(card, data, 0x81, use));
        half = std::move(read);
    }
    ACREDITA_CHECK(name_key(card, data, use, *half, 2));
    return std::move(*half);
}

Result<card::PublicKey> generate_key(Application& card, ApplicationData& data, Use use,
                                     const card::Algorithm& algorithm) {
    ACREDITA_CHECK(set_algorithm(card, data, use, algorithm));
    ACREDITA_TRY(key, pair(card, data, 0x80, use));
    if (key.type != algorithm.type || key.bits != algorithm.bits)
        return fail(card_errc::answer_malformed, "another kind of key than asked for");
    ACREDITA_CHECK(name_key(card, data, use, key, 1));
    return std::move(key);
}

Result<card::PublicKey> read_public_key(Application& card, const ApplicationData& data, Use use) {
    return pair(card, data, 0x81, use);
}

Result<void> delete_key(Application& card, ApplicationData& data, Use use) {
    const auto before = data.key(use).attributes;
    const auto now = algorithm_of(before);
    const auto& all = card.profile().algorithms;
    const auto other =
        std::ranges::find_if(all, [&](const auto& one) { return one.generate && one.algorithm != now; });
    if (!data.changes_attributes() || other == all.end()) return fail(card_errc::not_supported);
    ACREDITA_CHECK(set_algorithm(card, data, use, other->algorithm));
    ACREDITA_CHECK(write_attributes(card, data, use, before));
    // Only the card knows whether it has let the key go.
    ACREDITA_TRY(answer, card.send(pair_command(0x81, use)));
    if (answer.sw.ok()) return fail(card_errc::refused, "the key is still there");
    return {};
}

} // namespace acredita::dialect::openpgp
