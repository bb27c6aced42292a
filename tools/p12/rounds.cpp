// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The functions for single blocks are deprecated because applications should not need them.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "tools/p12/rounds.hpp"

#include <array>
#include <bit>
#include <cstring>

#include <openssl/crypto.h>
#include <openssl/sha.h>

namespace acredita::p12 {

namespace {

// FIPS 180-4: what the four functions differ in.
struct Sha1 {
    using Context = SHA_CTX;
    static constexpr std::size_t size = 20, block = 64;
    static constexpr auto begin = SHA1_Init;
    static constexpr auto add = SHA1_Update;
    static constexpr auto end = SHA1_Final;
    static constexpr auto compress = SHA1_Transform;
    static std::array<SHA_LONG, 5> state(const Context& c) { return {c.h0, c.h1, c.h2, c.h3, c.h4}; }
};
struct Sha256 {
    using Context = SHA256_CTX;
    static constexpr std::size_t size = 32, block = 64;
    static constexpr auto begin = SHA256_Init;
    static constexpr auto add = SHA256_Update;
    static constexpr auto end = SHA256_Final;
    static constexpr auto compress = SHA256_Transform;
    static std::array<SHA_LONG, 8> state(const Context& c) { return std::to_array(c.h); }
};
struct Sha512 {
    using Context = SHA512_CTX;
    static constexpr std::size_t size = 64, block = 128;
    static constexpr auto begin = SHA512_Init;
    static constexpr auto add = SHA512_Update;
    static constexpr auto end = SHA512_Final;
    static constexpr auto compress = SHA512_Transform;
    static std::array<SHA_LONG64, 8> state(const Context& c) { return std::to_array(c.h); }
};
struct Sha384 : Sha512 {
    static constexpr std::size_t size = 48;
    static constexpr auto begin = SHA384_Init;
    static constexpr auto add = SHA384_Update;
    static constexpr auto end = SHA384_Final;
};

template <class T>
struct Wiped {
    T value{};
    Wiped() = default;
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { OPENSSL_cleanse(&value, sizeof value); }
};

template <class Hash>
using Digest = std::array<std::uint8_t, Hash::size>;

template <class Hash>
void hash(typename Hash::Context& context, std::initializer_list<ByteView> parts, Digest<Hash>& out) {
    for (const auto part : parts) (void)Hash::add(&context, part.data(), part.size());
    (void)Hash::end(out.data(), &context);
}

// The hash of a digest behind `before` octets that are in the context already: one block, padded once for all
// rounds.
template <class Hash>
class OneBlock {
public:
    explicit OneBlock(std::size_t before) {
        block_.value[Hash::size] = 0x80;
        const auto bits = (before + Hash::size) * 8;
        block_.value[Hash::block - 2] = static_cast<std::uint8_t>(bits >> 8U);
        block_.value[Hash::block - 1] = static_cast<std::uint8_t>(bits);
    }
    void operator()(const typename Hash::Context& after, Digest<Hash>& in_and_out) {
        context_.value = after;
        std::memcpy(block_.value.data(), in_and_out.data(), Hash::size);
        (void)Hash::compress(&context_.value, block_.value.data());
        auto words = Hash::state(context_.value);
        for (auto& word : words)
            if constexpr (sizeof word == 8)
                word = __builtin_bswap64(word);
            else
                word = __builtin_bswap32(word);
        std::memcpy(in_and_out.data(), words.data(), Hash::size);
    }

private:
    Wiped<typename Hash::Context> context_;
    Wiped<std::array<std::uint8_t, Hash::block>> block_;
};
static_assert(std::endian::native == std::endian::little);

template <class Hash>
ZeroingBytes run_pbkdf2(const Rounds& rounds) {
    Wiped<Digest<Hash>> hashed, u, sum;
    Wiped<typename Hash::Context> inner, outer, context;
    auto password = rounds.password;
    if (password.size() > Hash::block) {
        (void)Hash::begin(&context.value);
        hash<Hash>(context.value, {password}, hashed.value);
        password = hashed.value;
    }
    for (const auto& [to, mask] : {std::pair{&inner.value, 0x36}, std::pair{&outer.value, 0x5C}}) {
        Wiped<std::array<std::uint8_t, Hash::block>> pad;
        for (std::size_t i = 0; i < Hash::block; ++i)
            pad.value[i] = static_cast<std::uint8_t>((i < password.size() ? password[i] : 0) ^ mask);
        (void)Hash::begin(to);
        (void)Hash::add(to, pad.value.data(), pad.value.size());
    }
    OneBlock<Hash> one(Hash::block);
    ZeroingBytes key;
    for (std::uint32_t n = 1; key.size() < rounds.length; ++n) {
        const std::uint8_t number[] = {static_cast<std::uint8_t>(n >> 24U),
                                       static_cast<std::uint8_t>(n >> 16U),
                                       static_cast<std::uint8_t>(n >> 8U), static_cast<std::uint8_t>(n)};
        context.value = inner.value;
        hash<Hash>(context.value, {rounds.salt, number}, u.value);
        one(outer.value, u.value);
        sum.value = u.value;
        for (std::uint64_t i = 1; i < rounds.iterations; ++i) {
            one(inner.value, u.value);
            one(outer.value, u.value);
            for (std::size_t j = 0; j < Hash::size; ++j) sum.value[j] ^= u.value[j];
        }
        append(key, sum.value);
    }
    key.resize(rounds.length);
    return key;
}

// Repeated until whole blocks are full.
void fill(ZeroingBytes& to, ByteView from, std::size_t block) {
    const auto size = (from.size() + block - 1) / block * block;
    for (std::size_t i = 0; i < size; ++i) to.push_back(from[i % from.size()]);
}

template <class Hash>
ZeroingBytes run_pkcs12(const Rounds& rounds, std::uint8_t id) {
    std::array<std::uint8_t, Hash::block> diversifier{};
    diversifier.fill(id);
    ZeroingBytes input;
    fill(input, rounds.salt, Hash::block);
    fill(input, rounds.password, Hash::block);
    Wiped<typename Hash::Context> start, context;
    (void)Hash::begin(&start.value);
    Wiped<Digest<Hash>> a;
    OneBlock<Hash> one(0);
    ZeroingBytes key;
    while (true) {
        context.value = start.value;
        hash<Hash>(context.value, {diversifier, input}, a.value);
        for (std::uint64_t i = 1; i < rounds.iterations; ++i) one(start.value, a.value);
        append(key, a.value);
        if (key.size() >= rounds.length) break;
        // Each block of the input, as a number: itself + the digest repeated + 1.
        for (std::size_t block = 0; block < input.size(); block += Hash::block) {
            unsigned carry = 1;
            for (std::size_t i = Hash::block; i-- > 0;) {
                carry += input[block + i] + unsigned{a.value[i % Hash::size]};
                input[block + i] = static_cast<std::uint8_t>(carry);
                carry >>= 8U;
            }
        }
    }
    key.resize(rounds.length);
    return key;
}

} // namespace

std::optional<ZeroingBytes> pbkdf2(const Rounds& rounds) {
    if (rounds.digest == "SHA1") return run_pbkdf2<Sha1>(rounds);
    if (rounds.digest == "SHA256") return run_pbkdf2<Sha256>(rounds);
    if (rounds.digest == "SHA384") return run_pbkdf2<Sha384>(rounds);
    if (rounds.digest == "SHA512") return run_pbkdf2<Sha512>(rounds);
    return std::nullopt;
}

std::optional<ZeroingBytes> pkcs12_kdf(const Rounds& rounds, std::uint8_t id) {
    if (rounds.digest == "SHA1") return run_pkcs12<Sha1>(rounds, id);
    if (rounds.digest == "SHA256") return run_pkcs12<Sha256>(rounds, id);
    if (rounds.digest == "SHA384") return run_pkcs12<Sha384>(rounds, id);
    if (rounds.digest == "SHA512") return run_pkcs12<Sha512>(rounds, id);
    return std::nullopt;
}

Bytes sha256(ByteView data) {
    SHA256_CTX context;
    Bytes digest(SHA256_DIGEST_LENGTH);
    (void)SHA256_Init(&context);
    (void)SHA256_Update(&context, data.data(), data.size());
    (void)SHA256_Final(digest.data(), &context);
    return digest;
}

} // namespace acredita::p12
