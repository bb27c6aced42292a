// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/padding.hpp"

#include "pkcs11/module/random.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

// All bits one if the two bytes are equal, without a branch.
std::uint32_t mask_equal(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t difference = a ^ b;
    return ((difference | (0U - difference)) >> 31U) - 1U;
}

Bytes pss_hash(const PssParameters& parameters, ByteView hash_value, ByteView salt) {
    static constexpr std::uint8_t zeros[8] = {};
    Digest state(parameters.hash);
    state.update(zeros);
    state.update(hash_value);
    state.update(salt);
    return state.finish();
}

} // namespace

void mgf1_xor(Hash hash, ByteView seed, std::span<std::uint8_t> mask_this) {
    std::uint32_t counter = 0;
    for (std::size_t at = 0; at < mask_this.size(); ++counter) {
        const std::uint8_t suffix[] = {
            static_cast<std::uint8_t>(counter >> 24U), static_cast<std::uint8_t>(counter >> 16U),
            static_cast<std::uint8_t>(counter >> 8U), static_cast<std::uint8_t>(counter)};
        Digest state(hash);
        state.update(seed);
        state.update(suffix);
        for (const auto byte : state.finish()) {
            if (at == mask_this.size()) break;
            mask_this[at] = static_cast<std::uint8_t>(mask_this[at] ^ byte);
            ++at;
        }
    }
}

std::optional<Bytes> pad_pkcs1(ByteView message, std::size_t block_size) {
    if (message.size() + 11 > block_size) return std::nullopt;
    Bytes block(block_size, 0xFF);
    block[0] = 0x00;
    block[1] = 0x01;
    block[block_size - message.size() - 1] = 0x00;
    std::ranges::copy(message, block.end() - static_cast<std::ptrdiff_t>(message.size()));
    return block;
}

std::optional<Bytes> pad_pss(ByteView hash_value, const PssParameters& parameters, unsigned modulus_bits,
                             ByteView salt) {
    const auto size = hash_size(parameters.hash);
    const std::size_t em_bits = modulus_bits - 1;
    const std::size_t em_size = (em_bits + 7) / 8;
    if (hash_value.size() != size || em_size < size + salt.size() + 2) return std::nullopt;
    const auto h = pss_hash(parameters, hash_value, salt);
    Bytes block(em_size, 0x00);
    const std::size_t db_size = em_size - size - 1;
    block[db_size - salt.size() - 1] = 0x01;
    std::ranges::copy(salt, block.begin() + static_cast<std::ptrdiff_t>(db_size - salt.size()));
    mgf1_xor(parameters.mgf, h, std::span(block).first(db_size));
    block[0] = static_cast<std::uint8_t>(block[0] & (0xFFU >> (8 * em_size - em_bits)));
    std::ranges::copy(h, block.begin() + static_cast<std::ptrdiff_t>(db_size));
    block.back() = 0xBC;
    if (em_size < (modulus_bits + 7) / 8) block.insert(block.begin(), 0x00); // a modulus of 8k+1 bits
    return block;
}

bool check_pss(ByteView block, ByteView hash_value, const PssParameters& parameters, unsigned modulus_bits) {
    const auto size = hash_size(parameters.hash);
    const std::size_t em_bits = modulus_bits - 1;
    const std::size_t em_size = (em_bits + 7) / 8;
    if (block.size() < em_size || em_size < size + parameters.salt_size + 2) return false;
    block = block.last(em_size);
    const std::size_t db_size = em_size - size - 1;
    const auto h = block.subspan(db_size, size);
    auto db = copy(block.first(db_size));
    mgf1_xor(parameters.mgf, h, db);
    db[0] = static_cast<std::uint8_t>(db[0] & (0xFFU >> (8 * em_size - em_bits)));
    const auto salt = ByteView(db).last(parameters.salt_size);
    const auto zeros = ByteView(db).first(db_size - parameters.salt_size - 1);
    return block.back() == 0xBC && std::ranges::all_of(zeros, [](auto byte) { return byte == 0; }) &&
           db[zeros.size()] == 0x01 && equal(h, pss_hash(parameters, hash_value, salt));
}

std::optional<ByteView> signed_data(ByteView block) {
    if (block.size() < 11 || block[0] != 0x00 || block[1] != 0x01) return std::nullopt;
    const auto end = std::ranges::find_if(block.begin() + 2, block.end(), [](auto b) { return b != 0xFF; });
    if (end - block.begin() < 10 || end == block.end() || *end != 0x00) return std::nullopt;
    return ByteView(end + 1, block.end());
}

std::optional<ZeroingBytes> pad_encryption(ByteView text, std::size_t block_size) {
    if (text.size() + 11 > block_size) return std::nullopt;
    ZeroingBytes block(block_size - text.size() - 1);
    const auto filler = std::span(block).subspan(2);
    if (!fill_random(filler)) return std::nullopt;
    for (auto& byte : filler)
        while (byte == 0)
            if (!fill_random({&byte, 1})) return std::nullopt;
    block[1] = 0x02;
    block.push_back(0x00);
    append(block, text);
    return block;
}

std::optional<ZeroingBytes> pad_oaep(ByteView text, const OaepParameters& parameters,
                                     std::size_t block_size) {
    const auto size = hash_size(parameters.hash);
    if (block_size < 2 * size + 2 || text.size() > block_size - 2 * size - 2) return std::nullopt;
    ZeroingBytes seed(size);
    if (!fill_random(seed)) return std::nullopt;
    ZeroingBytes db;
    append(db, digest(parameters.hash, parameters.label));
    db.resize(block_size - size - 2 - text.size());
    db.push_back(0x01);
    append(db, text);
    mgf1_xor(parameters.mgf, ByteView(seed), db);
    mgf1_xor(parameters.mgf, ByteView(db), seed);
    ZeroingBytes block{0x00};
    append(block, ByteView(seed));
    append(block, ByteView(db));
    return block;
}

std::optional<ZeroingBytes> unpad_pkcs1(ByteView block) {
    if (block.size() < 11) return std::nullopt;
    std::uint32_t good = mask_equal(block[0], 0) & mask_equal(block[1], 2);
    std::uint32_t found = 0;
    std::uint32_t separator = 0;
    for (std::uint32_t i = 2; i < block.size(); ++i) {
        const std::uint32_t zero = mask_equal(block[i], 0) & ~found;
        separator |= zero & i;
        found |= zero;
    }
    // At least eight bytes of padding: the separator stands at 10 or later.
    good &= found & ~(((separator - 10U) >> 31U) * 0xFFFFFFFFU);
    if (good == 0) return std::nullopt;
    return ZeroingBytes(block.begin() + static_cast<std::ptrdiff_t>(separator) + 1, block.end());
}

std::optional<ZeroingBytes> unpad_oaep(ByteView block, const OaepParameters& parameters) {
    const auto size = hash_size(parameters.hash);
    if (block.size() < 2 * size + 2) return std::nullopt;
    ZeroingBytes seed(block.begin() + 1, block.begin() + 1 + static_cast<std::ptrdiff_t>(size));
    ZeroingBytes db(block.begin() + 1 + static_cast<std::ptrdiff_t>(size), block.end());
    mgf1_xor(parameters.mgf, ByteView(db), seed);
    mgf1_xor(parameters.mgf, ByteView(seed), db);
    const auto label_hash = digest(parameters.hash, parameters.label);
    std::uint32_t good = mask_equal(block[0], 0);
    for (std::size_t i = 0; i < size; ++i) good &= mask_equal(db[i], label_hash[i]);
    std::uint32_t found = 0;
    std::uint32_t separator = 0;
    for (auto i = static_cast<std::uint32_t>(size); i < db.size(); ++i) {
        const std::uint32_t one = mask_equal(db[i], 1) & ~found;
        separator |= one & i;
        found |= one;
        good &= found | mask_equal(db[i], 0); // nothing but zeros before the separator
    }
    if ((good & found) == 0) return std::nullopt;
    return ZeroingBytes(db.begin() + static_cast<std::ptrdiff_t>(separator) + 1, db.end());
}

} // namespace acredita::module
