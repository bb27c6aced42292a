// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The key derivation of passwords: OpenPGP card 3.4, 4.3.2; RFC 4880, 3.7.1.3 (iterated and salted).
#include "firmware-profiles/dialect/openpgp_pin.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

#include <nettle/sha2.h>

namespace acredita::dialect::openpgp {

namespace {

using card::card_errc;

constexpr std::uint32_t most = 0x10000000; // bytes to hash; a card that asks for more wants to keep us busy

template <class Context>
ZeroingBytes hashed(ByteView once, std::uint32_t count, void (*init)(Context*),
                    void (*update)(Context*, std::size_t, const std::uint8_t*),
                    void (*digest)(Context*, std::size_t, std::uint8_t*), std::size_t size) {
    Context context;
    init(&context);
    std::size_t left = std::max<std::size_t>(count, once.size());
    for (std::size_t part = 0; left > 0; left -= part) {
        part = std::min(left, once.size());
        update(&context, part, once.data());
    }
    ZeroingBytes out(size);
    digest(&context, size, out.data());
    explicit_bzero(&context, sizeof context);
    return out;
}

} // namespace

Result<Derivation> parse_derivation(ByteView answer) {
    const auto whole = find_tlv(answer, 0xF9).value_or(answer);
    const auto kind = find_tlv(whole, 0x81);
    Derivation derivation;
    if (whole.empty() || (kind && kind->size() == 1 && (*kind)[0] == 0)) return derivation;
    const auto hash = find_tlv(whole, 0x82);
    const auto count = find_tlv(whole, 0x83);
    if (!kind || kind->size() != 1 || (*kind)[0] != 3 || !hash || hash->size() != 1 ||
        ((*hash)[0] != 0x08 && (*hash)[0] != 0x0A) || !count || count->size() != 4)
        return fail(card_errc::answer_malformed, "key derivation");
    derivation.active = true;
    derivation.sha512 = (*hash)[0] == 0x0A;
    for (const auto byte : *count) derivation.count = derivation.count << 8U | byte;
    Tag tag = 0x84;
    for (auto& salt : derivation.salts) {
        const auto value = find_tlv(whole, tag++);
        salt = value ? copy(*value) : derivation.salts.front();
    }
    if (derivation.salts.front().size() != 8 || derivation.count > most)
        return fail(card_errc::answer_malformed, "key derivation");
    return derivation;
}

ZeroingBytes derive(const Derivation& derivation, Password which, ByteView value) {
    if (!derivation.active) return zeroing(value);
    auto once = zeroing(derivation.salts.at(static_cast<std::size_t>(which)));
    append(once, value);
    const ByteView salted(once.data(), once.size());
    return derivation.sha512 ? hashed<sha512_ctx>(salted, derivation.count, nettle_sha512_init,
                                                  nettle_sha512_update, nettle_sha512_digest, 64)
                             : hashed<sha256_ctx>(salted, derivation.count, nettle_sha256_init,
                                                  nettle_sha256_update, nettle_sha256_digest, 32);
}

} // namespace acredita::dialect::openpgp
