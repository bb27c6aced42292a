// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/authorities.hpp"

#include "generated/p12_authorities.hpp"

#include <openssl/pem.h>

namespace acredita::p12 {

namespace {

struct OpensslReleaser {
    void operator()(unsigned char* bytes) const noexcept { OPENSSL_free(bytes); }
};

} // namespace

std::vector<Authority> shipped_authorities(const Crypto& crypto) {
    const QuietErrors quiet;
    std::vector<Authority> list;
    const Handle<BIO, BIO_free> text(BIO_new_mem_buf(authorities_in_pem, -1));
    while (text) {
        unsigned char* der = nullptr;
        long size = 0;
        if (PEM_bytes_read_bio(&der, &size, nullptr, PEM_STRING_X509, text.get(), nullptr, nullptr) != 1)
            break;
        const std::unique_ptr<unsigned char, OpensslReleaser> owner(der);
        const ByteView bytes(der, static_cast<std::size_t>(size));
        auto handle = load_certificate(crypto, bytes);
        if (!handle) continue;
        auto facts = describe_certificate(handle->get(), bytes);
        if (facts) list.push_back({*std::move(handle), *std::move(facts)});
    }
    return list;
}

} // namespace acredita::p12
