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

void add_rules(Template& to, KeyTemplate form, CK_KEY_TYPE type) {
    to.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, true);
    if (form == KeyTemplate::full || form == KeyTemplate::no_subject)
        to.add_flag(CKA_SENSITIVE, true).add_flag(CKA_EXTRACTABLE, false);
    if (form == KeyTemplate::bare) return;
    to.add_flag(CKA_SIGN, true);
    if (type == CKK_RSA) to.add_flag(CKA_DECRYPT, true);
}

// The module complains of how it was told, not of what, to whom or where.
bool of_the_template(const Error& error) {
    return is(error, cryptoki_errc::template_inconsistent) || is(error, cryptoki_errc::template_incomplete) ||
           is(error, cryptoki_errc::attribute_type_invalid) ||
           is(error, cryptoki_errc::attribute_value_invalid) ||
           is(error, cryptoki_errc::attribute_read_only) || is(error, cryptoki_errc::arguments_bad);
}

// The login that was made is not the one this module stores under.
bool of_the_login(const Error& error) {
    return is(error, cryptoki_errc::user_not_logged_in) || is(error, cryptoki_errc::user_type_invalid) ||
           is(error, cryptoki_errc::action_prohibited) ||
           is(error, cryptoki_errc::user_another_already_logged_in);
}

Error refusal(const Error& error) { return fail(client_errc::store_refused, error_name(error.code)).value(); }

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
    auto stored = create(session, attributes);
    if (!stored && session.module()->is_apart() && of_the_login(stored.error()))
        return fail(refusal(stored.error()));
    return stored;
}

namespace {

Result<Object> store_in_form(Session& session, const PrivateKeyParts& parts, ByteView subject,
                             const StoreOptions& options, KeyTemplate form) {
    Template attributes;
    attributes.add_number(CKA_CLASS, CKO_PRIVATE_KEY).add_number(CKA_KEY_TYPE, parts.kind.type);
    add_rules(attributes, form, parts.kind.type);
    add_names(attributes, options);
    if (!subject.empty() && form == KeyTemplate::full) attributes.add(CKA_SUBJECT, subject);
    if (parts.kind.type == CKK_RSA) {
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

Result<Object> store_public_key(Session& session, const PrivateKeyParts& parts, const StoreOptions& options) {
    Template attributes;
    attributes.add_number(CKA_CLASS, CKO_PUBLIC_KEY).add_number(CKA_KEY_TYPE, parts.kind.type);
    attributes.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, false).add_flag(CKA_VERIFY, true);
    add_names(attributes, options);
    if (parts.kind.type == CKK_RSA)
        attributes.add(CKA_MODULUS, parts.modulus).add(CKA_PUBLIC_EXPONENT, parts.exponent);
    else
        attributes.add(CKA_EC_PARAMS, parts.curve).add(CKA_EC_POINT, parts.point);
    return create(session, attributes);
}

// A module that was told nothing of protection may have made a key that anybody can take out; it must not
// stay.
Result<Object> keep_if_protected(Session& session, Object key, KeyTemplate form) {
    if (form == KeyTemplate::full || form == KeyTemplate::no_subject) return key;
    ACREDITA_TRY(facts, key_facts(session, key));
    ACREDITA_TRY(revealed, reveals_key(session, key));
    if (facts.sensitive == true && facts.extractable == false && !revealed) return key;
    ACREDITA_CHECK(destroy(session, key));
    return fail(client_errc::store_refused, "the key would not be protected");
}

} // namespace

Result<Object> store_private_key(Session& session, const EVP_PKEY* key, ByteView subject,
                                 const StoreOptions& options) {
    ACREDITA_TRY(parts, take_apart(key));
    const auto& module = *session.module();
    if (!module.is_apart()) return store_in_form(session, parts, subject, options, KeyTemplate::full);
    if (module.manners().public_key_first) {
        ACREDITA_TRY(there, find_by_id(session, ObjectClass::public_key, options.id));
        if (there.empty()) ACREDITA_CHECK(store_public_key(session, parts, options));
    }
    Result<Object> stored = fail(client_errc::store_refused);
    for (const auto form : module.manners().templates) {
        stored = store_in_form(session, parts, subject, options, form);
        if (stored) return keep_if_protected(session, *stored, form);
        if (of_the_login(stored.error())) return fail(refusal(stored.error()));
        if (!of_the_template(stored.error())) return stored;
    }
    return fail(refusal(stored.error()));
}

Result<Bytes> align_identifiers(Session& session, Object certificate, Object key) {
    ACREDITA_TRY(of_key, attribute(session, key, CKA_ID));
    ACREDITA_TRY(of_certificate, attribute(session, certificate, CKA_ID));
    if (of_key == of_certificate || of_key.empty()) return of_certificate;
    Template attributes;
    attributes.add(CKA_ID, of_key);
    // Refused: it may pair them by itself after all, which the proofs show.
    const auto rv = session.functions().C_SetAttributeValue(session.handle(), certificate, attributes.data(),
                                                            attributes.size());
    return rv == CKR_OK ? of_key : of_certificate;
}

Result<bool> may_store(Session& session) {
    Template attributes;
    attributes.add_number(CKA_CLASS, CKO_PRIVATE_KEY).add_number(CKA_KEY_TYPE, CKK_RSA);
    attributes.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, true);
    const auto stored = create(session, attributes);
    if (stored) { // nothing that signs can have come of it
        static_cast<void>(destroy(session, *stored));
        return true;
    }
    if (is(stored.error(), cryptoki_errc::function_not_supported) ||
        is(stored.error(), cryptoki_errc::token_write_protected))
        return false;
    // Whatever else it says is no verdict; that its process ended is.
    if (stored.error().code.category() == error_category<client_errc>()) return fail(Error(stored.error()));
    return true;
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
