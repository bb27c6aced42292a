// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/openpgp/memory.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

#include <openssl/evp.h>

namespace acredita::practice::openpgp {

namespace {

constexpr std::uint32_t rounds = 100000; // bytes that are hashed

Password password(ByteView value, unsigned tries) {
    return {{value.begin(), value.end()}, value.empty() ? 0 : tries, tries};
}

// A card whose holder has run `kdf-setup` of gpg: each password has its salt, and F9 tells them.
void derive_all(Memory& memory) {
    Bytes description;
    append_tlv(description, 0x81, Bytes{0x03});
    append_tlv(description, 0x82, Bytes{0x08});
    append_tlv(description, 0x83,
               Bytes{0, static_cast<std::uint8_t>(rounds >> 16U & 0xFFU),
                     static_cast<std::uint8_t>(rounds >> 8U & 0xFFU),
                     static_cast<std::uint8_t>(rounds & 0xFFU)});
    std::uint8_t tag = 0x84;
    for (auto* one : {&memory.pw1, &memory.reset_code, &memory.pw3}) {
        const auto salt = piv::random_bytes(8);
        append_tlv(description, tag++, salt);
        if (!one->value.empty()) one->value = derived(salt, one->value, rounds);
    }
    memory.objects[0xF9] = description;
}

} // namespace

ZeroingBytes derived(ByteView salt, ByteView pin, std::uint32_t count) {
    ZeroingBytes once(salt.begin(), salt.end());
    append(once, pin);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
    std::size_t left = std::max<std::size_t>(count, once.size());
    for (std::size_t part = 0; left > 0; left -= part) {
        part = std::min(left, once.size());
        EVP_DigestUpdate(hash.get(), once.data(), part);
    }
    ZeroingBytes out(32);
    EVP_DigestFinal_ex(hash.get(), out.data(), nullptr);
    return out;
}

Memory fresh_memory(const Firmware& firmware, const Fresh& fresh) {
    Memory memory;
    memory.pw1 = password(as_bytes(fresh.pin), fresh.tries);
    memory.reset_code = password({}, 3);
    memory.pw3 = password(as_bytes(factory_admin_pin), 3);
    memory.pw1_for_several = fresh.several;
    memory.active = fresh.active;
    memory.serial = fresh.serial;
    for (auto& place : memory.keys) place.attributes = factory_attributes(firmware);
    if (fresh.kdf) derive_all(memory);
    return memory;
}

} // namespace acredita::practice::openpgp
