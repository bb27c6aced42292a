// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// SHA-256 and HMAC-SHA-256 as upper-case hexadecimal text, the form in which the journal keeps them.
#pragma once

#include "pcsc/base/secret.hpp"

#include <memory>

#include <openssl/evp.h>

namespace acredita::office {

// For many digests one after another: OpenSSL looks the algorithm up once.
class Sha256 {
public:
    Sha256();
    [[nodiscard]] std::string of(std::string_view text);

private:
    struct Release {
        void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
        void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD, Release> algorithm_;
    std::unique_ptr<EVP_MD_CTX, Release> context_;
};

[[nodiscard]] std::string hmac_sha256(ByteView key, std::string_view text);

} // namespace acredita::office
