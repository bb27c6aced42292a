// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tests/pkcs11/client/credentials.hpp"

#include "pkcs11/client/template.hpp"

#include <utility>

#include <boost/test/unit_test.hpp>
#include <openssl/cms.h>

namespace acredita::client::test {

namespace {

using Cms = Owned<CMS_ContentInfo, CMS_ContentInfo_free>;
using Bio = Owned<BIO, BIO_free_all>;

} // namespace

Credential make_credential(KeyKind kind) {
    Credential made;
    if (kind.type == CKK_RSA)
        made.key.reset(EVP_RSA_gen(kind.bits));
    else
        made.key.reset(EVP_EC_gen(kind.bits == 256 ? "P-256" : kind.bits == 384 ? "P-384" : "P-521"));
    made.certificate.reset(X509_new());
    auto* const x509 = made.certificate.get();
    X509_set_version(x509, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 0x1234567);
    X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600L * 24 * 365);
    auto* const name = X509_get_subject_name(x509);
    const unsigned char common_name[] = "ESPAÑOL ESPAÑOLA JUAN - 00000000T";
    X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8, common_name, sizeof common_name - 1, -1,
                               0);
    X509_set_issuer_name(x509, name);
    X509_set_pubkey(x509, made.key.get());
    BOOST_REQUIRE(X509_sign(x509, made.key.get(), EVP_sha256()) > 0);

    made.der.resize(static_cast<std::size_t>(i2d_X509(x509, nullptr)));
    auto* out = made.der.data();
    i2d_X509(x509, &out);
    // Read again, so that the certificate holds the public half only.
    const auto* in = made.der.data();
    Certificate read_back(d2i_X509(nullptr, &in, static_cast<long>(made.der.size())));
    BOOST_REQUIRE(read_back != nullptr);
    const auto maker = std::exchange(made.certificate, std::move(read_back)); // owns `name`
    made.subject.resize(static_cast<std::size_t>(i2d_X509_NAME(name, nullptr)));
    out = made.subject.data();
    i2d_X509_NAME(name, &out);
    return made;
}

Object store_both(Session& session, const Credential& credential, const Bytes& id) {
    const StoreOptions options{id, "JUAN 2027-03"};
    const auto certificate = store_certificate(session, credential.der, options);
    BOOST_REQUIRE_MESSAGE(certificate, (certificate ? "" : describe(certificate.error())));
    const auto key = store_private_key(session, credential.key.get(), credential.subject, options);
    BOOST_REQUIRE_MESSAGE(key, (key ? "" : describe(key.error())));
    return *key;
}

Object generate_cautious_key(Session& session, const Bytes& id) {
    const std::uint8_t f4[] = {1, 0, 1};
    Template pub;
    pub.add_number(CKA_MODULUS_BITS, 2048).add(CKA_PUBLIC_EXPONENT, f4).add(CKA_ID, id);
    Template priv;
    priv.add_flag(CKA_TOKEN, true).add_flag(CKA_PRIVATE, true).add_flag(CKA_SIGN, true);
    priv.add_flag(CKA_ALWAYS_AUTHENTICATE, true).add(CKA_ID, id);
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    Object public_half = 0;
    Object private_half = 0;
    BOOST_REQUIRE_EQUAL(session.functions().C_GenerateKeyPair(session.handle(), &mechanism, pub.data(),
                                                              pub.size(), priv.data(), priv.size(),
                                                              &public_half, &private_half),
                        CKR_OK);
    return private_half;
}

bool signs_cms(EVP_PKEY* key, X509* certificate) {
    constexpr std::string_view text = "the letter";
    const Bio content(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const Cms cms(CMS_sign(certificate, key, nullptr, content.get(),
                           CMS_BINARY | CMS_DETACHED | CMS_CADES | CMS_NOSMIMECAP));
    if (!cms) return false;
    const Bio again(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    return CMS_verify(cms.get(), nullptr, nullptr, again.get(), nullptr,
                      CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) == 1;
}

} // namespace acredita::client::test
