// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/arrival.hpp"

#include "pkcs11/client/handle.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>

namespace acredita::renewal {
namespace {

using client::Certificate;
using Pkcs7 = Owned<PKCS7, PKCS7_free>;

constexpr std::size_t most = 64;

void add(std::vector<Bytes>& to, const X509* certificate) {
    if (certificate == nullptr || to.size() >= most) return;
    const int size = i2d_X509(certificate, nullptr);
    if (size <= 0) return;
    Bytes der(static_cast<std::size_t>(size));
    auto* at = der.data();
    if (i2d_X509(certificate, &at) == size) to.push_back(std::move(der));
}

void add_all(std::vector<Bytes>& to, const PKCS7* bundle) {
    if (bundle == nullptr || !PKCS7_type_is_signed(bundle) || bundle->d.sign == nullptr) return;
    const auto* chain = bundle->d.sign->cert;
    for (int i = 0; i < sk_X509_num(chain); ++i) add(to, sk_X509_value(chain, i));
}

bool has_key(const X509* certificate, const Bytes& spki) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(der);
    return size > 0 && equal({der, static_cast<std::size_t>(size)}, spki);
}

// PEM reads on to the next block by itself; each attempt begins at the front again.
Owned<BIO, BIO_free_all> reader(ByteView file) {
    return Owned<BIO, BIO_free_all>(BIO_new_mem_buf(file.data(), static_cast<int>(file.size())));
}

} // namespace

Result<std::vector<Bytes>> certificates_in(ByteView file) {
    std::vector<Bytes> all;
    if (file.empty() || file.size() > largest_arrival) return fail(renewal_errc::no_certificate);
    {
        const auto pem = reader(file);
        while (pem && all.size() < most) {
            const Certificate one(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
            if (!one) break;
            add(all, one.get());
        }
    }
    if (all.empty()) {
        const auto pem = reader(file);
        add_all(all, Pkcs7(PEM_read_bio_PKCS7(pem.get(), nullptr, nullptr, nullptr)).get());
    }
    if (all.empty()) {
        const auto* at = file.data();
        add(all, Certificate(d2i_X509(nullptr, &at, static_cast<long>(file.size()))).get());
    }
    if (all.empty()) {
        const auto* at = file.data();
        add_all(all, Pkcs7(d2i_PKCS7(nullptr, &at, static_cast<long>(file.size()))).get());
    }
    ERR_clear_error(); // what it was not
    if (all.empty()) return fail(renewal_errc::no_certificate);
    return all;
}

Result<Bytes> fitting(const std::vector<Bytes>& certificates, const Record& record) {
    ACREDITA_TRY(old, party_of(record.old_certificate));
    for (const auto& der : certificates) {
        const auto* at = der.data();
        const Certificate parsed(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
        if (!parsed || !has_key(parsed.get(), record.new_key)) continue;
        ACREDITA_TRY(party, party_of(der));
        ACREDITA_CHECK(check_renews(old, party));
        return der;
    }
    if (std::ranges::find(certificates, record.old_certificate) != certificates.end())
        return fail(renewal_errc::old_certificate);
    return fail(renewal_errc::other_key);
}

} // namespace acredita::renewal
