// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/certificate.hpp"

#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/sign.hpp"
#include "tools/p12/nif.hpp"
#include "tools/p12/rounds.hpp"

#include <array>

#include <openssl/core_names.h>

namespace acredita::issue {
namespace {

std::string key_name(const p12::KeyFacts& key) {
    const auto bits = " " + std::to_string(key.bits);
    switch (key.type) {
    case p12::KeyType::rsa:
    case p12::KeyType::rsa_pss:
        return "RSA" + bits;
    case p12::KeyType::ec:
        return "EC" + bits;
    default:
        return key.algorithm + bits;
    }
}

// Hidden numbers leave " - ***4567**" behind the name; the number has a field of its own.
std::string name_alone(const std::string& shown) { return shown.substr(0, shown.find(" - ")); }

void free_openssl(unsigned char* data) { OPENSSL_free(data); }

} // namespace

std::string utc(Clock::time_point time) {
    const std::time_t seconds = Clock::to_time_t(time);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

Result<CertificateSummary> summarise(ByteView der, Clock::time_point now) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    ACREDITA_TRY(handle, p12::load_certificate(*crypto, der));
    ACREDITA_TRY(facts, p12::describe_certificate(handle.get(), der));
    return CertificateSummary{
        .holder = name_alone(facts.shown_name),
        .masked_id = facts.nif_masked,
        .issuer = p12::hide_nif(facts.issuer_cn),
        .serial = facts.serial_hex,
        .fingerprint = to_hex(p12::sha256(der)),
        .not_before = utc(facts.not_before),
        .not_after = utc(facts.not_after),
        .key = key_name(facts.key),
        .expired = facts.not_after < now,
        .not_yet_valid = now < facts.not_before,
    };
}

Result<std::string> identity_number(ByteView der) {
    ACREDITA_TRY(crypto, p12::Crypto::shared());
    ACREDITA_TRY(handle, p12::load_certificate(*crypto, der));
    return p12::nif_of(handle.get()).value_or("");
}

std::string label_for(const CertificateSummary& summary) {
    return summary.holder + " " + summary.not_after.substr(0, 7);
}

Result<Bytes> key_identifier(const EVP_PKEY* key) {
    Bytes material;
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) {
        BIGNUM* modulus = nullptr;
        if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) != 1)
            return client::fail_openssl("RSA modulus");
        const client::BigNumber owner(modulus);
        material.resize(static_cast<std::size_t>(BN_num_bytes(modulus)));
        BN_bn2bin(modulus, material.data());
    } else {
        std::size_t size = 0;
        material.resize(256);
        if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, material.data(), material.size(),
                                            &size) != 1)
            return client::fail_openssl("EC point");
        material.resize(size);
    }
    Bytes id(20);
    unsigned written = 0;
    if (EVP_Digest(material.data(), material.size(), id.data(), &written, EVP_sha1(), nullptr) != 1)
        return client::fail_openssl("SHA-1");
    return id;
}

Result<Bytes> subject_of(ByteView der) {
    const unsigned char* at = der.data();
    const client::Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate) return client::fail_openssl("d2i_X509");
    unsigned char* name = nullptr;
    const int size = i2d_X509_NAME(X509_get_subject_name(certificate.get()), &name);
    if (size < 0) return client::fail_openssl("i2d_X509_NAME");
    const client::Owned<unsigned char, free_openssl> owner(name);
    return copy({name, static_cast<std::size_t>(size)});
}

} // namespace acredita::issue
