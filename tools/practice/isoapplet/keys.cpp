// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The keys: MANAGE SECURITY ENVIRONMENT (ISO 7816-4:2005 7.5.11), PERFORM SECURITY OPERATION, GENERATE
// ASYMMETRIC KEY PAIR (7816-8:2004 5.1 to 5.4), and PUT DATA with a whole private key.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/isoapplet/application.hpp"
#include "tools/practice/isoapplet/curve.hpp"

#include <algorithm>

namespace acredita::practice::isoapplet {

namespace {

constexpr std::uint8_t pkcs1 = 0x11, pss = 0x12, ecdsa_algorithm = 0x21, make_rsa2048 = 0xF3,
                       make_rsa4096 = 0xF5, make_ec = 0xEC;
constexpr std::uint8_t for_signature = 0xB6, for_decipherment = 0xB8, for_making = 0x00;
constexpr std::uint8_t key_places = 16;

bool known(std::uint8_t purpose, std::uint8_t algorithm, unsigned version) {
    switch (purpose) {
    case for_signature:
        return algorithm == pkcs1 || algorithm == ecdsa_algorithm || (algorithm == pss && version == 1);
    case for_decipherment:
        return algorithm == pkcs1;
    case for_making:
        return algorithm == make_rsa2048 || algorithm == make_ec ||
               (algorithm == make_rsa4096 && version == 1);
    default:
        return false;
    }
}

Key rsa_key(ByteView data) {
    const auto fields = find_tlv(data, 0x7F48);
    if (!fields) return {};
    piv::RsaParts parts;
    const std::array<std::pair<Tag, ByteView*>, 5> wanted{
        {{0x92, &parts.p}, {0x93, &parts.q}, {0x94, &parts.qinv}, {0x95, &parts.dp}, {0x96, &parts.dq}}};
    for (const auto& [tag, part] : wanted) {
        const auto found = find_tlv(*fields, tag);
        if (!found || found->empty() || found->size() > 128) return {}; // zeros in front may be left out
        *part = *found;
    }
    if (parts.p.size() != 128 || parts.q.size() != 128) return {};
    return piv::rsa_from_parts(parts);
}

Key ec_key(ByteView data) {
    const auto fields = find_tlv(data, 0xE0);
    const auto curve = fields ? curve_of(*fields) : std::uint8_t{0};
    const auto scalar = fields ? find_tlv(*fields, 0x88) : std::nullopt;
    return curve != 0 && scalar ? piv::ec_from_scalar(curve, *scalar) : Key{};
}

// EMSA-PKCS1-v1_5 around what came, and back (RFC 8017 9.2, 7.2.2).
Bytes block_of(ByteView data, std::size_t size) {
    Bytes block{0x00, 0x01};
    block.insert(block.end(), size - data.size() - 3, 0xFF);
    block.push_back(0x00);
    append(block, data);
    return block;
}

std::optional<Bytes> text_of(ByteView block) {
    if (block.size() < 11 || block[0] != 0 || block[1] != 2) return std::nullopt;
    const auto zero = std::find(block.begin() + 2, block.end(), 0);
    if (zero == block.end() || zero - block.begin() < 10) return std::nullopt;
    return Bytes(zero + 1, block.end());
}

} // namespace

Answer IsoApplet::manage(const Command& command) {
    if (command.p1 != 0x41) return status(0x6A86);
    if (!may(0x90) && !settings_.faults.sign_without_pin) return status(0x6982);
    const auto algorithm = find_tlv(command.data, 0x80);
    const auto reference = find_tlv(command.data, 0x84);
    if (!algorithm || algorithm->size() != 1 || !reference || reference->size() != 1) return status(0x6A80);
    if (!known(command.p2, (*algorithm)[0], settings_.version)) return status(0x6A81);
    if ((*reference)[0] >= key_places) return status(0x6A80);
    security_.algorithm = (*algorithm)[0];
    security_.key = (*reference)[0];
    security_.purpose = command.p2;
    security_.set = true;
    return status(0x9000);
}

Answer IsoApplet::perform(const Command& command) {
    const bool signing = command.p1 == 0x9E && command.p2 == 0x9A;
    const bool deciphering = command.p1 == 0x80 && command.p2 == 0x86;
    if (!signing && !deciphering) return status(0x6A86);
    if (!may(0x90) && !settings_.faults.sign_without_pin) return status(0x6982);
    if (!security_.set || security_.purpose != (signing ? for_signature : for_decipherment))
        return status(0x6985);
    const auto found = memory_.keys.find(security_.key);
    if (found == memory_.keys.end()) return status(0x6A88);
    if (found->second.rsa == (security_.algorithm == ecdsa_algorithm)) return status(0x6985);
    return signing ? sign(found->second, command.data) : decipher(found->second, command.data);
}

Answer IsoApplet::sign(const StoredKey& stored, ByteView data) {
    const auto key = piv::key_from_der(stored.der);
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    std::optional<Bytes> signature;
    if (security_.algorithm == pkcs1 && data.size() + 11 <= size)
        signature = piv::rsa_private(key, block_of(data, size));
    else if (security_.algorithm == pss)
        signature = sign_pss(key, data);
    else if (security_.algorithm == ecdsa_algorithm && !data.empty())
        signature = piv::ecdsa(key, settings_.version == 0 ? sha1(data) : copy(data));
    return signature ? Answer{*signature} : status(0x6A80);
}

Answer IsoApplet::decipher(const StoredKey& stored, ByteView data) {
    const auto key = piv::key_from_der(stored.der);
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    if (data.size() != size + 1 || data.front() != 0) return status(0x6700);
    const auto block = piv::rsa_private(key, data.subspan(1));
    const auto text = block ? text_of(*block) : std::nullopt;
    return text ? Answer{*text} : status(0x6A80);
}

void IsoApplet::store_key(StoredKey key) {
    memory_.keys[security_.key] = std::move(key);
    changed_ = true;
}

Answer IsoApplet::generate(const Command& command) {
    if (command.p2 != 0 || (command.p1 != 0x42 && command.p1 != 0x00)) return status(0x6A86);
    if (!may(0x90)) return status(0x6982);
    if (!security_.set || security_.purpose != for_making) return status(0x6985);
    Bytes inner;
    Key key;
    const bool rsa = security_.algorithm != make_ec;
    if (rsa != (command.p1 == 0x42)) return status(0x6985);
    if (rsa) {
        if (settings_.version == 1 && !command.extended) return status(0x6700); // the key is longer than that
        const auto size = security_.algorithm == make_rsa2048 ? piv::rsa2048 : piv::rsa4096;
        key = piv::generate_key(size);
        if (key) inner = piv::public_template(key, size);
    } else {
        const auto curve = curve_of(command.data);
        key = curve != 0 ? piv::generate_key(curve) : Key{};
        if (!key) return status(0x6A80);
        for (const Tag tag : {0x81U, 0x82U, 0x83U, 0x84U, 0x85U})
            append_tlv(inner, tag, *find_tlv(command.data, tag));
        append(inner, piv::public_template(key, curve));
        append_tlv(inner, 0x87, Bytes{0x00, 0x01});
    }
    if (!key) return status(0x6F00);
    store_key({rsa, piv::key_to_der(key)});
    return {make_tlv(0x7F49, inner)};
}

Answer IsoApplet::import(const Command& command) {
    if (command.p1 != 0x3F || command.p2 != 0xFF) return status(0x6A86);
    if (!settings_.import) return status(0x6900);
    if (!may(0x90)) return status(0x6982);
    if (!security_.set || security_.purpose != for_making) return status(0x6985);
    if (security_.algorithm == make_rsa4096) return status(0x6985); // as the applet's version 1 does it
    const bool rsa = security_.algorithm == make_rsa2048;
    const auto key = rsa ? rsa_key(command.data) : ec_key(command.data);
    if (!key) return status(0x6A80);
    store_key({rsa, piv::key_to_der(key)});
    return status(0x9000);
}

} // namespace acredita::practice::isoapplet
