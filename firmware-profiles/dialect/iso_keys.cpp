// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/iso_keys.hpp"

#include "firmware-profiles/dialect/curve_parameters.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

using card::card_errc;

constexpr std::uint8_t for_signature = 0xB6, for_decipherment = 0xB8, for_making = 0x00; // P2 of MSE
constexpr std::size_t longest_message = 640; // that a card hashes itself: IsoApplet gathers 660 bytes

std::size_t width_of(const card::Algorithm& algorithm) { return (algorithm.bits + 7) / 8; }

bool is_hash_size(std::size_t size) {
    return size == 20 || size == 28 || size == 32 || size == 48 || size == 64;
}

bool data_fits(const card::Algorithm& algorithm, card::Operation operation, ByteView data) {
    const bool rsa = algorithm.type == card::KeyType::rsa;
    const auto width = width_of(algorithm);
    switch (operation) {
    case card::Operation::rsa_pkcs1:
        return rsa && !data.empty() && data.size() + 11 <= width;
    case card::Operation::rsa_pss: // RFC 8017 9.1.1: two hashes and two bytes must fit
        return rsa && is_hash_size(data.size()) && 2 * data.size() + 2 <= width;
    case card::Operation::rsa_decrypt:
        return rsa && data.size() == width;
    case card::Operation::ecdsa:
        return !rsa && !data.empty() && data.size() <= width;
    case card::Operation::ecdsa_sha1:
        return !rsa && !data.empty() && data.size() <= longest_message;
    case card::Operation::rsa_raw:
    case card::Operation::ecdh:
        break;
    }
    return false;
}

std::uint8_t algorithm_byte(const profile::Environment& environment, card::Operation operation) {
    switch (operation) {
    case card::Operation::rsa_pkcs1:
        return environment.rsa_pkcs1;
    case card::Operation::rsa_pss:
        return environment.rsa_pss;
    case card::Operation::rsa_decrypt:
        return environment.rsa_decrypt;
    case card::Operation::ecdsa:
    case card::Operation::ecdsa_sha1:
        return environment.ecdsa;
    default:
        return 0;
    }
}

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

Result<ZeroingBytes> rsa_data(const card::PrivateKey& key) {
    constexpr std::uint8_t f4[] = {0x01, 0x00, 0x01};
    if (!equal(trimmed(key.exponent), f4)) return fail(card_errc::algorithm_not_supported, "public exponent");
    const std::size_t half = (key.bits / 2 + 7) / 8;
    ZeroingBytes parts, data;
    parts.reserve(5 * (half + 4));
    const std::pair<Tag, const Secret*> fields[] = {
        {0x92, &key.p}, {0x93, &key.q}, {0x94, &key.qinv}, {0x95, &key.dp}, {0x96, &key.dq}};
    for (const auto& [tag, part] : fields) ACREDITA_CHECK(append_part(parts, tag, *part, half));
    data.reserve(parts.size() + 6);
    append(data, tlv_header(0x7F48, parts.size()));
    append(data, {parts.data(), parts.size()});
    return data;
}

Result<ZeroingBytes> ec_data(const card::PrivateKey& key) {
    const auto curve = curve_parameters(key.bits);
    if (curve.empty()) return fail(card_errc::algorithm_not_supported, std::to_string(key.bits));
    ZeroingBytes parts, data;
    parts.reserve(curve.size() + 80);
    append(parts, curve);
    ACREDITA_CHECK(append_part(parts, 0x88, key.d, (key.bits + 7) / 8));
    data.reserve(parts.size() + 4);
    append(data, tlv_header(0xE0, parts.size()));
    append(data, {parts.data(), parts.size()});
    return data;
}

Result<card::PublicKey> parse_generated(const ResponseApdu& answer, const card::Algorithm& algorithm) {
    const auto key = find_tlv({answer.data.data(), answer.data.size()}, 0x7F49);
    if (!key) return fail(card_errc::answer_malformed, "generated key");
    const auto modulus = find_tlv(*key, 0x81);
    const auto exponent = find_tlv(*key, 0x82);
    const auto point = find_tlv(*key, 0x86);
    const bool rsa = algorithm.type == card::KeyType::rsa;
    if (rsa ? !modulus || !exponent : !point) return fail(card_errc::answer_malformed, "generated key");
    ACREDITA_TRY(made, rsa ? rsa_key(*modulus, *exponent) : ec_key(*point));
    if (made.type != algorithm.type || made.bits != algorithm.bits)
        return fail(card_errc::answer_malformed, "another kind of key than asked for");
    return std::move(made);
}

} // namespace

Result<std::uint8_t> Keys::algorithm_id(const card::Algorithm& algorithm, Use use) const {
    const auto& profile = card_.profile();
    if ((use == Use::import && profile.import.kind == profile::ImportKind::none) ||
        (use == Use::generate && profile.generate.kind == profile::GenerateKind::none))
        return fail(card_errc::not_supported);
    const auto* row = profile.find(algorithm);
    const bool listed =
        row != nullptr && ((use == Use::use && row->use) || (use == Use::import && row->import) ||
                           (use == Use::generate && row->generate));
    if (!listed) return fail(card_errc::algorithm_not_supported, std::to_string(algorithm.bits));
    return row->id;
}

// ISO 7816-4:2005 7.5.11, P1 = 41: for computation, decipherment, internal authentication and key agreement.
Result<StatusWord> Keys::manage(const KeyEnvironment& wanted, Login login) {
    environment_.reset();
    const Bytes data{0x80, 0x01, wanted.algorithm, 0x84, 0x01, wanted.key};
    ACREDITA_TRY(
        answer,
        card_.send(CommandApdu{.ins = 0x22, .p1 = 0x41, .p2 = wanted.purpose, .data = zeroing(data)}, login));
    if (!answer.sw.ok()) return answer.sw;
    environment_ = wanted;
    environment_->losses = card_.memory().losses;
    return answer.sw;
}

// 7816-8:2004 5.2 (9E 9A: a signature of plain data) and 5.8 (80 86: plain from padding indicator and
// cryptogram).
Result<ResponseApdu> Keys::send_operation(card::KeyReference key, const card::Algorithm& algorithm,
                                          card::Operation operation, ByteView data, Login login,
                                          bool& relied) {
    if (!card_.profile().can(operation)) return fail(card_errc::not_supported);
    ACREDITA_CHECK(algorithm_id(algorithm, Use::use));
    if (!data_fits(algorithm, operation, data))
        return fail(card_errc::data_refused, std::to_string(data.size()));
    const bool deciphers = operation == card::Operation::rsa_decrypt;
    const KeyEnvironment wanted{card_.memory().losses, deciphers ? for_decipherment : for_signature,
                                algorithm_byte(card_.profile().environment, operation), key};
    // Whether it was this key that answered can be told of these two only.
    relied = environment_ == wanted &&
             (operation == card::Operation::rsa_pkcs1 || operation == card::Operation::ecdsa);
    if (!relied) {
        ACREDITA_TRY(told, manage(wanted, login));
        if (!told.ok()) return ResponseApdu{.data = {}, .sw = told};
    }
    CommandApdu command{.ins = 0x2A, .p1 = 0x9E, .p2 = 0x9A, .mask = Mask::both};
    if (deciphers) {
        command.p1 = 0x80;
        command.p2 = 0x86;
        command.data.push_back(0x00);
    }
    append(command.data, data);
    command.le = width_of(algorithm) > 256 ? CommandApdu::max_le : 256;
    auto answer = card_.send(command, login);
    if (!answer || !answer->sw.ok()) environment_.reset();
    return answer;
}

Result<ZeroingBytes> Keys::parse_operation(const ResponseApdu& answer, const card::Algorithm& algorithm,
                                           card::Operation operation) {
    const ByteView data(answer.data.data(), answer.data.size());
    if (algorithm.type == card::KeyType::ec) return raw_ecdsa(data, width_of(algorithm));
    if (operation == card::Operation::rsa_decrypt) {
        if (data.size() + 11 > width_of(algorithm)) return fail(card_errc::answer_malformed, "plain text");
        return zeroing(data);
    }
    if (data.size() != width_of(algorithm))
        return fail(card_errc::answer_malformed, std::to_string(data.size()) + " bytes");
    return zeroing(data);
}

// An applet built without import says so to any PUT DATA; one with it asks for PIN, environment or data
// first.
Result<bool> Keys::takes_keys() {
    ACREDITA_TRY(answer, card_.send(CommandApdu{.ins = 0xDB, .p1 = 0x3F, .p2 = 0xFF}));
    return answer.sw != StatusWord{0x6900} && answer.sw != sw::instruction_not_supported;
}

Result<void> Keys::import_key(card::KeyReference place, const card::PrivateKey& key) {
    ACREDITA_TRY(id, algorithm_id({key.type, key.bits}, Use::import));
    ACREDITA_TRY(data, key.type == card::KeyType::rsa ? rsa_data(key) : ec_data(key));
    ACREDITA_TRY(told, manage({0, for_making, id, place}, Login::pin));
    if (!told.ok()) return fail(judge(Step::user_import, told));
    CommandApdu command{.ins = 0xDB, .p1 = 0x3F, .p2 = 0xFF, .data = std::move(data), .mask = Mask::data};
    ACREDITA_CHECK(card_.must(command, Step::user_import, Login::pin));
    return {};
}

Result<card::PublicKey> Keys::generate(card::KeyReference place, const card::Algorithm& algorithm,
                                       std::uint8_t id) {
    ACREDITA_TRY(told, manage({0, for_making, id, place}, Login::pin));
    if (!told.ok()) return fail(judge(Step::user_generate, told));
    CommandApdu command{.ins = 0x46, .le = CommandApdu::max_le};
    if (algorithm.type == card::KeyType::rsa)
        command.p1 = 0x42;
    else
        command.data = zeroing(curve_parameters(algorithm.bits));
    ACREDITA_TRY(answer, card_.must(command, Step::user_generate, Login::pin));
    return parse_generated(answer, algorithm);
}

Result<card::PublicKey> Keys::generate_key(card::KeyReference place, const card::Algorithm& algorithm) {
    ACREDITA_TRY(id, algorithm_id(algorithm, Use::generate));
    return generate(place, algorithm, id);
}

Result<void> Keys::overwrite_key(card::KeyReference place) {
    if (card_.profile().deletion.kind != profile::DeleteKind::overwrite)
        return fail(card_errc::not_supported);
    const auto& all = card_.profile().algorithms;
    const auto small = std::find_if(all.begin(), all.end(), [](const profile::KeyAlgorithm& one) {
        return one.algorithm.type == card::KeyType::ec && !curve_parameters(one.algorithm.bits).empty();
    });
    if (small == all.end()) return fail(card_errc::not_supported);
    ACREDITA_CHECK(generate(place, small->algorithm, small->id));
    return {};
}

} // namespace acredita::dialect
