// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A key with a certificate made on the spot, in the place of an operator's card.
#pragma once

#include "tools/office/checkpoint.hpp"

#include <stdexcept>

#include <openssl/x509.h>

namespace acredita::test {

class Signer {
public:
    explicit Signer(const std::string& kind)
        : key_(kind == "EC" ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048)), certificate_(X509_new()) {
        X509_set_version(certificate_, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
        auto* name = X509_get_subject_name(certificate_);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("Operator"), -1, -1, 0);
        X509_set_issuer_name(certificate_, name);
        X509_set_pubkey(certificate_, key_);
        if (X509_sign(certificate_, key_, EVP_sha256()) == 0) throw std::runtime_error("X509_sign");
        der_.resize(static_cast<std::size_t>(i2d_X509(certificate_, nullptr)));
        unsigned char* at = der_.data();
        i2d_X509(certificate_, &at);
    }
    ~Signer() {
        X509_free(certificate_);
        EVP_PKEY_free(key_);
    }
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;

    [[nodiscard]] ByteView certificate() const noexcept { return der_; }
    [[nodiscard]] office::Sign sign() const {
        return [this](ByteView text) -> Result<Bytes> {
            EVP_MD_CTX* context = EVP_MD_CTX_new();
            EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_);
            std::size_t size = 0;
            EVP_DigestSign(context, nullptr, &size, text.data(), text.size());
            Bytes signature(size);
            EVP_DigestSign(context, signature.data(), &size, text.data(), text.size());
            EVP_MD_CTX_free(context);
            signature.resize(size);
            return signature;
        };
    }

private:
    EVP_PKEY* key_;
    X509* certificate_;
    Bytes der_;
};

} // namespace acredita::test
