// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/decrypt.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/ber.hpp"

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
                          std::size_t key_size, std::size_t iv_size) {
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
    if (scheme.iv_from_kdf && iv_size > 0) {
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

// One try with a key of this size.
Result<std::optional<ZeroingBytes>> attempt(const Crypto& crypto, const Scheme& scheme,
                                            const EVP_CIPHER* cipher, ByteView ciphertext,
                                            PasswordView password, std::size_t key_size) {
    const auto iv_size = static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher));
    const auto block = static_cast<std::size_t>(EVP_CIPHER_get_block_size(cipher));
    if (ciphertext.empty() || ciphertext.size() % block != 0)
        return fail(p12_errc::damaged, "ciphertext of " + std::to_string(ciphertext.size()) + " bytes");
    ACREDITA_TRY(made, material(crypto, scheme, password, key_size, iv_size));
    if (made.iv.size() != iv_size) return fail(p12_errc::damaged, "cipher IV");
    const CipherContext context(EVP_CIPHER_CTX_new());
    if (!context || !initialise(context.get(), cipher, scheme, made))
        return fail(p12_errc::unsupported_algorithm, scheme.name);
    const auto plain = run(context.get(), ciphertext);
    if (!plain || plain->empty() || plain->front() != tag::sequence) return std::optional<ZeroingBytes>();
    auto rewritten = to_definite(*plain);
    if (!rewritten || rewritten->consumed != plain->size()) return std::optional<ZeroingBytes>();
    return std::optional(std::move(rewritten->der));
}

} // namespace

Result<std::optional<ZeroingBytes>> decrypt(const Crypto& crypto, const Scheme& scheme, ByteView ciphertext,
                                            PasswordView password, Budget& budget) {
    const QuietErrors quiet;
    const CipherHandle cipher(EVP_CIPHER_fetch(crypto.context(), scheme.cipher.c_str(), nullptr));
    if (!cipher) return not_available(crypto, scheme.cipher);
    const auto own = static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher.get()));
    ACREDITA_CHECK(budget.spend(scheme.kdf.cost()));
    return attempt(crypto, scheme, cipher.get(), ciphertext, password,
                   scheme.key_length != 0 ? scheme.key_length : own);
}

} // namespace acredita::p12
