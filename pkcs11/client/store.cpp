// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/store.hpp"

#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/private_key.hpp"
#include "pkcs11/client/template.hpp"
#include "pkcs11/client/vendor.hpp"
#include "pkcs11/extensions.h"

#include <array>

namespace acredita::client {

namespace {

template <int (*Encode)(const X509_NAME*, unsigned char**)>
Bytes der_of(const X509_NAME* name) {
    Bytes der(static_cast<std::size_t>(std::max(Encode(name, nullptr), 0)));
    auto* out = der.data();
    Encode(name, &out);
    return der;
}

Bytes der_of_serial(const X509* certificate) {
    const auto* serial = X509_get0_serialNumber(certificate);
    Bytes der(static_cast<std::size_t>(std::max(i2d_ASN1_INTEGER(serial, nullptr), 0)));
    auto* out = der.data();
    i2d_ASN1_INTEGER(serial, &out);
    return der;
}

void add_names(Template& to, const StoreOptions& options) {
    to.add(CKA_ID, options.id);
    to.add_text(CKA_LABEL, options.label);
    if (options.place) to.add(CKA_ACREDITA_PLACE, {&*options.place, 1});
}

void add_private_key_rules(Template& to) {
    to.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, true);
    to.add_flag(CKA_SENSITIVE, true).add_flag(CKA_EXTRACTABLE, false);
    to.add_flag(CKA_SIGN, true);
}

Result<Object> create(Session& session, Template& attributes) {
    Object object = 0;
    ACREDITA_CHECK(check(
        session.functions().C_CreateObject(session.handle(), attributes.data(), attributes.size(), &object),
        "C_CreateObject"));
    return object;
}

} // namespace

Result<Object> store_certificate(Session& session, ByteView der, const StoreOptions& options) {
    const auto* in = der.data();
    const Certificate certificate(d2i_X509(nullptr, &in, static_cast<long>(der.size())));
    if (!certificate) return fail_openssl("d2i_X509");
    if (in != der.data() + der.size())
        return fail(client_errc::openssl_failed, "bytes behind the certificate");

    const auto subject = der_of<i2d_X509_NAME>(X509_get_subject_name(certificate.get()));
    const auto issuer = der_of<i2d_X509_NAME>(X509_get_issuer_name(certificate.get()));
    const auto serial = der_of_serial(certificate.get());
    Template attributes;
    attributes.add_number(CKA_CLASS, CKO_CERTIFICATE).add_number(CKA_CERTIFICATE_TYPE, CKC_X_509);
    attributes.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, false);
    add_names(attributes, options);
    attributes.add(CKA_SUBJECT, subject).add(CKA_ISSUER, issuer).add(CKA_SERIAL_NUMBER, serial);
    attributes.add(CKA_VALUE, der);
    return create(session, attributes);
}

Result<Object> store_private_key(Session& session, const EVP_PKEY* key, ByteView subject,
                                 const StoreOptions& options) {
    ACREDITA_TRY(parts, take_apart(key));
    Template attributes;
    attributes.add_number(CKA_CLASS, CKO_PRIVATE_KEY).add_number(CKA_KEY_TYPE, parts.kind.type);
    add_private_key_rules(attributes);
    add_names(attributes, options);
    if (!subject.empty()) attributes.add(CKA_SUBJECT, subject);
    if (parts.kind.type == CKK_RSA) {
        attributes.add_flag(CKA_DECRYPT, true);
        attributes.add(CKA_MODULUS, parts.modulus).add(CKA_PUBLIC_EXPONENT, parts.exponent);
        attributes.add(CKA_PRIVATE_EXPONENT, parts.d.view());
        attributes.add(CKA_PRIME_1, parts.p.view()).add(CKA_PRIME_2, parts.q.view());
        attributes.add(CKA_EXPONENT_1, parts.dp.view()).add(CKA_EXPONENT_2, parts.dq.view());
        attributes.add(CKA_COEFFICIENT, parts.qinv.view());
    } else {
        attributes.add(CKA_EC_PARAMS, parts.curve).add(CKA_VALUE, parts.scalar.view());
        // Only ours takes the point with a private key, and finds the place of its certificate by it.
        if (has_vendor_interface(*session.module())) attributes.add(CKA_EC_POINT, parts.point);
    }
    return create(session, attributes);
}

Result<KeyPair> generate_key_pair(Session& session, KeyKind kind, const StoreOptions& options) {
    constexpr std::array<std::uint8_t, 3> f4{0x01, 0x00, 0x01};
    Bytes curve;
    Template pub;
    Template priv;
    pub.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, false).add_flag(CKA_VERIFY, true);
    add_names(pub, options);
    add_private_key_rules(priv);
    add_names(priv, options);
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    if (kind.type == CKK_RSA) {
        pub.add_number(CKA_MODULUS_BITS, kind.bits).add(CKA_PUBLIC_EXPONENT, f4);
        priv.add_flag(CKA_DECRYPT, true);
    } else {
        ACREDITA_TRY(oid, curve_oid(kind.bits));
        curve = std::move(oid);
        mechanism.mechanism = CKM_EC_KEY_PAIR_GEN;
        pub.add(CKA_EC_PARAMS, curve);
    }
    KeyPair made;
    ACREDITA_CHECK(check(session.functions().C_GenerateKeyPair(session.handle(), &mechanism, pub.data(),
                                                               pub.size(), priv.data(), priv.size(),
                                                               &made.public_key, &made.private_key),
                         "C_GenerateKeyPair"));
    return made;
}

} // namespace acredita::client
