// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/derive.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/rounds.hpp"

#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

namespace acredita::p12 {

namespace {

using KdfHandle = Handle<EVP_KDF, EVP_KDF_free>;
using KdfContext = Handle<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using DigestHandle = Handle<EVP_MD, EVP_MD_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

// OSSL_PARAM wants non-const pointers, reads through them only, and takes a null pointer for "not given".
void* octets_of(ByteView bytes) {
    static std::uint8_t nothing = 0;
    return bytes.empty() ? &nothing : const_cast<std::uint8_t*>(bytes.data());
}

OSSL_PARAM octets_param(const char* name, ByteView bytes) {
    return OSSL_PARAM_construct_octet_string(name, octets_of(bytes), bytes.size());
}

Result<ZeroingBytes> run(const Crypto& crypto, const char* name, const OSSL_PARAM* parameters,
                         std::size_t length) {
    const KdfHandle kdf(EVP_KDF_fetch(crypto.context(), name, nullptr));
    const KdfContext context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    ZeroingBytes key(length);
    if (!context || EVP_KDF_derive(context.get(), key.data(), length, parameters) != 1)
        return fail(p12_errc::crypto_failure, name);
    return key;
}

Result<ZeroingBytes> run_digest_kdf(const Crypto& crypto, const char* name, const Kdf& kdf, ByteView password,
                                    Purpose purpose, std::size_t length) {
    auto digest = kdf.digest;
    auto iterations = kdf.iterations;
    auto id = static_cast<int>(purpose);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
        octets_param(OSSL_KDF_PARAM_PASSWORD, password),
        octets_param(OSSL_KDF_PARAM_SALT, kdf.salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_ITER, &iterations),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS12_ID, &id),
        OSSL_PARAM_construct_end(),
    };
    return run(crypto, name, parameters, length);
}

Result<ZeroingBytes> run_scrypt(const Crypto& crypto, const Kdf& kdf, ByteView password, std::size_t length) {
    auto n = kdf.n;
    auto r = kdf.r;
    auto p = kdf.p;
    // OpenSSL counts its working blocks too: a little more than the 128*N*r that was granted.
    auto memory = 2 * most_scrypt_memory;
    const OSSL_PARAM parameters[] = {
        octets_param(OSSL_KDF_PARAM_PASSWORD, password),
        octets_param(OSSL_KDF_PARAM_SALT, kdf.salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    return run(crypto, "SCRYPT", parameters, length);
}

// RFC 8018 5.1; OpenSSL 3.0 has no EVP_KDF for it.
Result<ZeroingBytes> run_pbkdf1(const EVP_MD* digest, const Kdf& kdf, ByteView password, std::size_t length) {
    ZeroingBytes block(password.begin(), password.end());
    block.insert(block.end(), kdf.salt.begin(), kdf.salt.end());
    const DigestContext context(EVP_MD_CTX_new());
    ZeroingBytes out(EVP_MAX_MD_SIZE);
    for (std::uint64_t i = 0; i < kdf.iterations; ++i) {
        unsigned size = 0;
        if (!context || EVP_DigestInit_ex2(context.get(), digest, nullptr) != 1 ||
            EVP_DigestUpdate(context.get(), block.data(), block.size()) != 1 ||
            EVP_DigestFinal_ex(context.get(), out.data(), &size) != 1)
            return fail(p12_errc::crypto_failure, "PBKDF1");
        block.assign(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(size));
    }
    if (length > block.size()) return fail(p12_errc::unsupported_algorithm, "PBKDF1 key length");
    block.resize(length);
    return block;
}

} // namespace

tl::unexpected<Error> not_available(const Crypto& crypto, const std::string& name) {
    if (!crypto.has_legacy() && needs_legacy(name)) return fail(p12_errc::legacy_provider_missing, name);
    return fail(p12_errc::unsupported_algorithm, name);
}

Result<ZeroingBytes> derive(const Crypto& crypto, const Kdf& kdf, PasswordView password, Purpose purpose,
                            std::size_t length) {
    if (kdf.kind == KdfKind::scrypt) return run_scrypt(crypto, kdf, password.octets, length);
    const bool wide = kdf.kind == KdfKind::pkcs12;
    if (wide || kdf.kind == KdfKind::pbkdf2) {
        const Rounds rounds{kdf.digest, wide ? password.wide : password.octets, kdf.salt, kdf.iterations,
                            length};
        auto key = wide ? pkcs12_kdf(rounds, static_cast<std::uint8_t>(purpose)) : pbkdf2(rounds);
        if (key) return *std::move(key);
    }
    const DigestHandle digest(EVP_MD_fetch(crypto.context(), kdf.digest.c_str(), nullptr));
    if (!digest) return not_available(crypto, kdf.digest);
    if (kdf.kind == KdfKind::pbkdf1) return run_pbkdf1(digest.get(), kdf, password.octets, length);
    if (kdf.kind == KdfKind::pbkdf2)
        return run_digest_kdf(crypto, "PBKDF2", kdf, password.octets, purpose, length);
    return run_digest_kdf(crypto, "PKCS12KDF", kdf, password.wide, purpose, length);
}

} // namespace acredita::p12
