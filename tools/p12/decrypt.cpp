// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/decrypt.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/ber.hpp"

#include <algorithm>

#include <openssl/core_names.h>

namespace acredita::p12 {

namespace {

using CipherHandle = Handle<EVP_CIPHER, EVP_CIPHER_free>;
using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

struct Material {
    ZeroingBytes key;
    ZeroingBytes iv;
};

Result<Material> material(const Crypto& crypto, const Scheme& scheme, PasswordView password,
                          std::size_t key_size, std::size_t iv_size, bool any_iv) {
    Material made;
    if (scheme.kdf.kind == KdfKind::pbkdf1) {
        ACREDITA_TRY(both, derive(crypto, scheme.kdf, password, Purpose::key, key_size + iv_size));
        const auto middle = both.begin() + static_cast<std::ptrdiff_t>(key_size);
        made.key.assign(both.begin(), middle);
        made.iv.assign(middle, both.end());
        return made;
    }
    ACREDITA_TRY(key, derive(crypto, scheme.kdf, password, Purpose::key, key_size));
    made.key = std::move(key);
    if (scheme.iv_from_kdf && any_iv) {
        made.iv.assign(iv_size, 0);
    } else if (scheme.iv_from_kdf && iv_size > 0) {
        ACREDITA_TRY(iv, derive(crypto, scheme.kdf, password, Purpose::iv, iv_size));
        made.iv = std::move(iv);
    } else {
        made.iv.assign(scheme.iv.begin(), scheme.iv.end());
    }
    return made;
}

bool initialise(EVP_CIPHER_CTX* context, const EVP_CIPHER* cipher, const Scheme& scheme,
                const Material& with) {
    if (EVP_DecryptInit_ex2(context, cipher, nullptr, nullptr, nullptr) != 1) return false;
    if (EVP_CIPHER_CTX_get_key_length(context) != static_cast<int>(with.key.size()) &&
        EVP_CIPHER_CTX_set_key_length(context, static_cast<int>(with.key.size())) != 1)
        return false;
    if (scheme.rc2_bits != 0) {
        std::size_t bits = scheme.rc2_bits;
        const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_size_t(OSSL_CIPHER_PARAM_RC2_KEYBITS, &bits),
                                         OSSL_PARAM_construct_end()};
        if (EVP_CIPHER_CTX_set_params(context, parameters) != 1) return false;
    }
    return EVP_DecryptInit_ex2(context, nullptr, with.key.data(), with.iv.data(), nullptr) == 1;
}

std::optional<ZeroingBytes> run(EVP_CIPHER_CTX* context, ByteView ciphertext) {
    ZeroingBytes plain(ciphertext.size() + EVP_MAX_BLOCK_LENGTH);
    int first = 0;
    int rest = 0;
    if (EVP_DecryptUpdate(context, plain.data(), &first, ciphertext.data(),
                          static_cast<int>(ciphertext.size())) != 1)
        return std::nullopt;
    if (EVP_DecryptFinal_ex(context, plain.data() + first, &rest) != 1) return std::nullopt;
    plain.resize(static_cast<std::size_t>(first) + static_cast<std::size_t>(rest));
    return plain;
}

enum class Wanted {
    whole,   // nothing if the padding is none
    excerpt, // as it comes out; of a long one the first block may be wrong
};
constexpr std::size_t short_ciphertext = 256;

// What comes out of the cipher.
Result<std::optional<ZeroingBytes>> raw(const Crypto& crypto, const Scheme& scheme, ByteView ciphertext,
                                        PasswordView password, Budget& budget, Wanted wanted) {
    const CipherHandle cipher(EVP_CIPHER_fetch(crypto.context(), scheme.cipher.c_str(), nullptr));
    if (!cipher) return not_available(crypto, scheme.cipher);
    const auto own = static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher.get()));
    const auto iv_size = static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher.get()));
    const auto block = static_cast<std::size_t>(EVP_CIPHER_get_block_size(cipher.get()));
    if (ciphertext.empty() || ciphertext.size() % block != 0)
        return fail(p12_errc::damaged, "ciphertext of " + std::to_string(ciphertext.size()) + " bytes");
    ACREDITA_CHECK(budget.spend(scheme.kdf.cost()));
    const bool any_iv = wanted == Wanted::excerpt && ciphertext.size() >= short_ciphertext;
    ACREDITA_TRY(made, material(crypto, scheme, password, scheme.key_length != 0 ? scheme.key_length : own,
                                iv_size, any_iv));
    if (made.iv.size() != iv_size) return fail(p12_errc::damaged, "cipher IV");
    const CipherContext context(EVP_CIPHER_CTX_new());
    if (!context || !initialise(context.get(), cipher.get(), scheme, made))
        return fail(p12_errc::unsupported_algorithm, scheme.name);
    if (wanted == Wanted::excerpt) (void)EVP_CIPHER_CTX_set_padding(context.get(), 0);
    return run(context.get(), ciphertext);
}

// A SEQUENCE that ends where the padding begins. Short ones must go on as a PrivateKeyInfo does, because so
// few octets come out right by chance once in some thousand tries.
bool begins_well(ByteView plain) {
    TlvReader reader(plain);
    if (plain.empty() || plain.front() != tag::sequence) return false;
    if (plain.size() < 256) {
        constexpr std::uint8_t version[] = {tag::integer, 1};
        return plain.size() > 4 && plain[1] < plain.size() &&
               plain[1] + 2U + EVP_MAX_BLOCK_LENGTH > plain.size() && equal(plain.subspan(2, 2), version);
    }
    if (plain[1] == 0x80) return plain[2] == tag::sequence;
    const auto element = reader.next();
    return element && element->whole.size() + EVP_MAX_BLOCK_LENGTH >= plain.size();
}

// The first octets of identifiers that stand in every key and in every safe.
bool names_algorithms(ByteView plain) {
    constexpr std::uint8_t pkcs[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01};
    constexpr std::uint8_t elliptic[] = {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};
    const auto holds = [&](ByteView part) {
        return std::search(plain.begin(), plain.end(), part.begin(), part.end()) != plain.end();
    };
    return holds(pkcs) || holds(elliptic);
}

} // namespace

Result<std::optional<ZeroingBytes>> decrypt(const Crypto& crypto, const Scheme& scheme, ByteView ciphertext,
                                            PasswordView password, Budget& budget) {
    const QuietErrors quiet;
    ACREDITA_TRY(plain, raw(crypto, scheme, ciphertext, password, budget, Wanted::whole));
    if (!plain || plain->empty() || plain->front() != tag::sequence) return std::optional<ZeroingBytes>();
    auto rewritten = to_definite(*plain);
    if (!rewritten || rewritten->consumed != plain->size()) return std::optional<ZeroingBytes>();
    return std::optional(std::move(rewritten->der));
}

Result<bool> makes_sense(const Crypto& crypto, const Scheme& scheme, ByteView ciphertext,
                         PasswordView password, Budget& budget) {
    const QuietErrors quiet;
    ACREDITA_TRY(plain, raw(crypto, scheme, ciphertext, password, budget, Wanted::excerpt));
    return plain && (begins_well(*plain) || names_algorithms(*plain));
}

} // namespace acredita::p12
