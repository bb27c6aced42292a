// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/openpgp/algorithm.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>
#include <map>

#include <openssl/bn.h>

namespace acredita::practice::openpgp {

namespace {

const Bytes p256_oid{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
const Bytes p384_oid{0x2B, 0x81, 0x04, 0x00, 0x22};

Bytes rsa(const Firmware& firmware, unsigned bits) {
    return {0x01,
            static_cast<std::uint8_t>(bits >> 8U),
            static_cast<std::uint8_t>(bits & 0xFFU),
            static_cast<std::uint8_t>(firmware.exponent_bits >> 8U),
            static_cast<std::uint8_t>(firmware.exponent_bits & 0xFFU),
            static_cast<std::uint8_t>(firmware.format)};
}

Bytes curve(Use use, const Bytes& oid) {
    return concat({Bytes{static_cast<std::uint8_t>(use == Use::decipher ? 0x12 : 0x13)}, oid});
}

using Number = std::unique_ptr<BIGNUM, decltype(&BN_clear_free)>;
Number number(ByteView bytes) {
    return {BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), &BN_clear_free};
}

ZeroingBytes bytes_of(const Number& value) {
    ZeroingBytes out(static_cast<std::size_t>(BN_num_bytes(value.get())));
    BN_bn2bin(value.get(), out.data());
    return out;
}

// d mod (prime - 1), which is e^-1 there.
ZeroingBytes exponent_of(const Number& prime, BN_CTX* scratch) {
    const Number less(BN_dup(prime.get()), &BN_clear_free);
    const Number e(BN_new(), &BN_clear_free);
    const Number d(BN_new(), &BN_clear_free);
    BN_set_word(e.get(), 65537);
    if (BN_sub_word(less.get(), 1) != 1 || BN_mod_inverse(d.get(), e.get(), less.get(), scratch) == nullptr)
        return {};
    return bytes_of(d);
}

using Parts = std::map<Tag, ByteView>;

// What does not come is computed from the primes.
Key rsa_key(const Algorithm& algorithm, const Parts& parts) {
    const auto p = number(parts.at(0x92));
    const auto q = number(parts.at(0x93));
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> scratch(BN_CTX_secure_new(), &BN_CTX_free);
    const Number inverse(BN_new(), &BN_clear_free);
    if (!p || !q || BN_is_zero(p.get()) || BN_is_zero(q.get()) ||
        BN_mod_inverse(inverse.get(), q.get(), p.get(), scratch.get()) == nullptr)
        return {};
    const auto dp = exponent_of(p, scratch.get());
    const auto dq = exponent_of(q, scratch.get());
    const auto qinv = bytes_of(inverse);
    const bool crt = parts.contains(0x94);
    auto key =
        piv::rsa_from_parts({parts.at(0x92), parts.at(0x93), crt ? parts.at(0x95) : ByteView(dp),
                             crt ? parts.at(0x96) : ByteView(dq), crt ? parts.at(0x94) : ByteView(qinv)});
    if (!key || static_cast<std::size_t>(EVP_PKEY_get_size(key.get())) != algorithm.width) return {};
    const auto modulus = parts.find(0x97);
    if (modulus == parts.end()) return key;
    const auto whole = piv::public_template(key, algorithm.id);
    const auto real = find_tlv(whole, 0x81);
    return real && equal(*real, modulus->second) ? std::move(key) : Key{};
}

Key ec_key(const Algorithm& algorithm, const Parts& parts) {
    auto key = piv::ec_from_scalar(algorithm.id, parts.at(0x92));
    const auto point = parts.find(0x99);
    if (!key || point == parts.end()) return key;
    const auto whole = piv::public_template(key, algorithm.id);
    const auto real = find_tlv(whole, 0x86);
    return real && equal(*real, point->second) ? std::move(key) : Key{};
}

std::vector<Tag> wanted_parts(const Firmware& firmware, const Algorithm& algorithm) {
    if (!algorithm.rsa) return algorithm.with_point ? std::vector<Tag>{0x92, 0x99} : std::vector<Tag>{0x92};
    std::vector<Tag> tags{0x91, 0x92, 0x93};
    if (firmware.format == ImportFormat::crt || firmware.format == ImportFormat::crt_n)
        tags.insert(tags.end(), {0x94, 0x95, 0x96});
    if (firmware.format == ImportFormat::standard_n || firmware.format == ImportFormat::crt_n)
        tags.push_back(0x97);
    return tags;
}

// 3.4, 4.4.3.12: 7F48 holds tags and lengths without values, BER all the same.
std::optional<std::pair<Tag, std::size_t>> next_length(ByteView& rest) {
    if (rest.size() < 2) return std::nullopt;
    const Tag tag = rest[0];
    std::size_t length = rest[1];
    std::size_t used = 2;
    if (length > 0x80) {
        const std::size_t more = length - 0x80;
        if (more > 2 || rest.size() < 2 + more) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < more; ++i) length = length << 8U | rest[2 + i];
        used += more;
    }
    rest = rest.subspan(used);
    return std::pair{tag, length};
}

} // namespace

Bytes factory_attributes(const Firmware& firmware) { return rsa(firmware, 2048); }

std::vector<Bytes> possible_attributes(const Firmware& firmware, Use use) {
    std::vector<Bytes> all{rsa(firmware, 2048)};
    if (firmware.large_rsa) {
        all.push_back(rsa(firmware, 3072));
        all.push_back(rsa(firmware, 4096));
    }
    std::vector<Bytes> curves{curve(use, p256_oid)};
    if (firmware.p384) curves.push_back(curve(use, p384_oid));
    for (auto& one : curves) {
        if (firmware.point_with_scalar) all.push_back(concat({one, Bytes{0xFF}}));
        all.push_back(std::move(one));
    }
    return all;
}

Algorithm algorithm_of(ByteView attributes) {
    if (!attributes.empty() && attributes[0] == 0x01 && attributes.size() >= 5) {
        const auto bits = static_cast<unsigned>(attributes[1] << 8 | attributes[2]);
        const auto id = bits == 4096 ? piv::rsa4096 : bits == 3072 ? piv::rsa3072 : piv::rsa2048;
        return {id, true, bits / 8};
    }
    const auto large =
        attributes.size() >= 1 + p384_oid.size() && equal(attributes.subspan(1, p384_oid.size()), p384_oid);
    const bool with_point = !attributes.empty() && attributes.back() == 0xFF;
    return large ? Algorithm{piv::p384, false, 48, with_point} : Algorithm{piv::p256, false, 32, with_point};
}

Key key_from_template(const Firmware& firmware, const Algorithm& algorithm, ByteView lengths,
                      ByteView values) {
    Parts parts;
    while (!lengths.empty()) {
        const auto next = next_length(lengths);
        if (!next || next->second > values.size()) return {};
        parts[next->first] = values.first(next->second);
        values = values.subspan(next->second);
    }
    const auto wanted = wanted_parts(firmware, algorithm);
    if (!values.empty() || parts.size() != wanted.size() ||
        !std::ranges::all_of(wanted, [&](Tag tag) { return parts.contains(tag); }))
        return {};
    if (!algorithm.rsa) return ec_key(algorithm, parts);
    const auto e = parts.at(0x91);
    const Bytes f4 = firmware.exponent_bits > 24 ? Bytes{0, 1, 0, 1} : Bytes{1, 0, 1};
    return equal(e, f4) ? rsa_key(algorithm, parts) : Key{};
}

} // namespace acredita::practice::openpgp
