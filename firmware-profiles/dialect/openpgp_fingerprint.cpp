// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The name OpenPGP gives a key: RFC 4880, 5.5.2 and 12.2; RFC 6637, 9 and 11.
#include "firmware-profiles/dialect/openpgp_import.hpp"
#include "firmware-profiles/dialect/public_key.hpp"

#include <bit>

#include <nettle/sha1.h>

namespace acredita::dialect::openpgp {

namespace {

void append_number(Bytes& to, ByteView number) { // a multiprecision integer: its bits, then its bytes
    const auto value = trimmed(number);
    const auto bits =
        value.empty() ? 0U : value.size() * 8 - static_cast<std::size_t>(std::countl_zero(value[0]));
    to.push_back(static_cast<std::uint8_t>(bits >> 8U));
    to.push_back(static_cast<std::uint8_t>(bits & 0xFFU));
    append(to, value);
}

} // namespace

Bytes fingerprint(const card::PublicKey& key, Use use, std::uint32_t created) {
    Bytes packet{
        0x04, static_cast<std::uint8_t>(created >> 24U), static_cast<std::uint8_t>(created >> 16U & 0xFFU),
        static_cast<std::uint8_t>(created >> 8U & 0xFFU), static_cast<std::uint8_t>(created & 0xFFU)};
    if (key.type == card::KeyType::rsa) {
        packet.push_back(0x01);
        append_number(packet, key.modulus);
        append_number(packet, key.exponent);
    } else {
        packet.push_back(use == Use::decipher ? 0x12 : 0x13);
        append(packet, ByteView(key.curve_oid).subspan(1)); // its length, then its bytes
        append_number(packet, key.point);
        if (use == Use::decipher) { // RFC 6637, 13: hash and cipher by the strength of the curve
            const bool larger = key.bits > 256;
            append(packet, Bytes{0x03, 0x01, static_cast<std::uint8_t>(larger ? 0x09 : 0x08),
                                 static_cast<std::uint8_t>(larger ? 0x08 : 0x07)});
        }
    }
    const Bytes head{0x99, static_cast<std::uint8_t>(packet.size() >> 8U),
                     static_cast<std::uint8_t>(packet.size() & 0xFFU)};
    sha1_ctx context;
    sha1_init(&context);
    sha1_update(&context, head.size(), head.data());
    sha1_update(&context, packet.size(), packet.data());
    Bytes out(SHA1_DIGEST_SIZE);
    sha1_digest(&context, out.size(), out.data());
    return out;
}

} // namespace acredita::dialect::openpgp
