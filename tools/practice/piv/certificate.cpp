// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/certificate.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/piv/key.hpp"

#include <openssl/x509.h>

namespace acredita::practice::piv {

Bytes foreign_certificate_object() {
    const auto key = generate_key(p256);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    if (!key || !certificate) return {};
    constexpr long year = 365L * 24 * 3600;
    auto* name = X509_get_subject_name(certificate.get());
    const std::string_view text = "SOMEBODY ELSE";
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 7);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), year);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, as_bytes(text).data(),
                               static_cast<int>(text.size()), -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_set_pubkey(certificate.get(), key.get());
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) return {};
    const int size = i2d_X509(certificate.get(), nullptr);
    if (size <= 0) return {};
    Bytes der(static_cast<std::size_t>(size));
    auto* to = der.data();
    i2d_X509(certificate.get(), &to);
    Bytes object;
    append_tlv(object, 0x70, der);
    append_tlv(object, 0x71, Bytes{0x00});
    append_tlv(object, 0xFE, {});
    return object;
}

} // namespace acredita::practice::piv
