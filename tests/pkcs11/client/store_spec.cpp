// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/sign.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

BOOST_AUTO_TEST_SUITE(storing)

BOOST_AUTO_TEST_CASE(a_certificate_keeps_every_byte_and_its_names) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::rsa);
    const auto object = store_certificate(session, credential.der, {{1, 2, 3}, "JUAN 2027-03"});
    BOOST_REQUIRE_MESSAGE(object, (object ? "" : describe(object.error())));
    const auto entry = certificate_entry(session, *object);
    BOOST_REQUIRE(entry);
    BOOST_TEST(entry->der == credential.der);
    BOOST_TEST(entry->id == (Bytes{1, 2, 3}));
    BOOST_TEST(entry->label == "JUAN 2027-03");
    BOOST_TEST(attribute(session, *object, CKA_SUBJECT).value() == credential.subject);
    BOOST_TEST(attribute(session, *object, CKA_SERIAL_NUMBER).value() ==
               (Bytes{0x02, 0x04, 0x01, 0x23, 0x45, 0x67}));
    BOOST_TEST(flag_if_any(session, *object, CKA_PRIVATE).value().value() == false);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_not_exactly_one_certificate) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    auto der = test::make_credential(test::p256).der;
    der.push_back(0);
    const auto behind = store_certificate(session, der, {{1}, "x"});
    const auto junk = store_certificate(session, ByteView(der).first(20), {{1}, "x"});
    BOOST_REQUIRE(!behind);
    BOOST_TEST(is(behind.error(), client_errc::openssl_failed));
    BOOST_REQUIRE(!junk);
    BOOST_TEST(is(junk.error(), client_errc::openssl_failed));
    BOOST_TEST(find_all(session, ObjectClass::certificate).value().empty());
}

BOOST_AUTO_TEST_CASE(a_private_key_makes_it_sensitive_and_not_extractable) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    for (const auto kind : {test::rsa, test::p256, test::p384}) {
        const auto credential = test::make_credential(kind);
        const auto key = store_private_key(session, credential.key.get(), credential.subject, {{7}, "key"});
        BOOST_REQUIRE_MESSAGE(key, (key ? "" : describe(key.error())));
        const auto facts = key_facts(session, *key);
        BOOST_REQUIRE(facts);
        BOOST_TEST(facts->type.value() == kind.type);
        BOOST_TEST(facts->sensitive.value() == true);
        BOOST_TEST(facts->extractable.value() == false);
        BOOST_TEST(facts->local.value() == false);
        const auto secret = attribute(session, *key, kind.type == CKK_RSA ? CKA_PRIME_1 : CKA_VALUE);
        BOOST_REQUIRE(!secret);
        BOOST_TEST(is(secret.error(), cryptoki_errc::attribute_sensitive));
    }
}

BOOST_AUTO_TEST_CASE(needs_a_login) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto credential = test::make_credential(test::p256);
    const auto key = store_private_key(session, credential.key.get(), {}, {{7}, "key"});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), cryptoki_errc::user_not_logged_in));
}

BOOST_AUTO_TEST_CASE(refuses_a_key_that_is_only_public) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::rsa);
    const auto key =
        store_private_key(session, X509_get0_pubkey(credential.certificate.get()), {}, {{7}, "key"});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::openssl_failed));
}

BOOST_AUTO_TEST_CASE(refuses_a_key_of_another_kind) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const EvpKey ed25519(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const auto key = store_private_key(session, ed25519.get(), {}, {{7}, "key"});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::key_type_unknown));
}

BOOST_AUTO_TEST_CASE(a_place_is_refused_by_modules_without_places) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::p256);
    const auto object = store_certificate(session, credential.der, {{1}, "x", 0x9A});
    BOOST_REQUIRE(!object);
    BOOST_TEST(is(object.error(), cryptoki_errc::attribute_type_invalid));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(generating)

BOOST_AUTO_TEST_CASE(gives_a_pair_whose_signatures_verify) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    for (const auto kind : {test::rsa, test::p256, test::p384}) {
        const auto pair = generate_key_pair(session, kind, {{9}, "made here"});
        BOOST_REQUIRE_MESSAGE(pair, (pair ? "" : describe(pair.error())));
        BOOST_TEST(key_facts(session, pair->private_key).value().local.value() == true);
        const auto key = public_key(session, pair->public_key);
        BOOST_REQUIRE_MESSAGE(key, (key ? "" : describe(key.error())));
        BOOST_TEST((kind_of(key->get()).value() == kind));
        const auto scheme = usual_scheme(key->get()).value();
        const auto hashed = digest(Hash::sha256, as_bytes("nonce"));
        const auto signature = sign_digest(session, pair->private_key, scheme, Hash::sha256, hashed);
        BOOST_REQUIRE_MESSAGE(signature, (signature ? "" : describe(signature.error())));
        BOOST_TEST(verify_digest(key->get(), scheme, Hash::sha256, hashed, *signature).value());
    }
}

BOOST_AUTO_TEST_CASE(names_a_curve_nobody_here_uses) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto pair = generate_key_pair(session, {CKK_EC, 160}, {{9}, "tiny"});
    BOOST_REQUIRE(!pair);
    BOOST_TEST(is(pair.error(), client_errc::key_type_unknown));
}

BOOST_AUTO_TEST_SUITE_END()
