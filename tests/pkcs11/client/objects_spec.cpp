// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/sign.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

BOOST_AUTO_TEST_SUITE(objects)

BOOST_AUTO_TEST_CASE(are_found_by_their_id_alone) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto one = test::make_credential(test::rsa);
    const auto two = test::make_credential(test::p256);
    test::store_both(session, one, {1});
    const auto key = test::store_both(session, two, {2});
    BOOST_TEST(find_one(session, ObjectClass::private_key, Bytes{2}).value() == key);
    const auto certificate = find_one(session, ObjectClass::certificate, Bytes{2});
    BOOST_TEST(certificate_der(session, certificate.value()).value() == two.der);
    BOOST_TEST(certificates(session).value().size() == 2U);
}

BOOST_AUTO_TEST_CASE(that_are_not_there_are_named) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto found = find_one(session, ObjectClass::certificate, Bytes{9});
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), client_errc::object_not_found));
}

BOOST_AUTO_TEST_CASE(with_one_id_are_not_chosen_among) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    test::store_both(session, test::make_credential(test::p256), {1});
    test::store_both(session, test::make_credential(test::p256), {1});
    const auto found = find_one(session, ObjectClass::private_key, Bytes{1});
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), client_errc::several_objects));
}

BOOST_AUTO_TEST_CASE(can_be_many) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::p256);
    for (std::uint8_t i = 0; i < 33; ++i) // more than two batches
        BOOST_REQUIRE(store_certificate(session, credential.der, {{i}, "x"}));
    BOOST_TEST(find_all(session, ObjectClass::certificate).value().size() == 33U);
}

BOOST_AUTO_TEST_CASE(can_be_destroyed) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::store_both(session, test::make_credential(test::p256), {1});
    BOOST_REQUIRE(destroy(session, key));
    BOOST_TEST(find_all(session, ObjectClass::private_key).value().empty());
    const auto again = destroy(session, key);
    BOOST_REQUIRE(!again);
    BOOST_TEST(is(again.error(), cryptoki_errc::object_handle_invalid));
}

BOOST_AUTO_TEST_CASE(lack_an_attribute_without_being_an_error) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::store_both(session, test::make_credential(test::p256), {1});
    BOOST_TEST(!attribute_if_any(session, key, CKA_MODULUS).value().has_value());
    const auto strict = attribute(session, key, CKA_MODULUS);
    BOOST_REQUIRE(!strict);
    BOOST_TEST(is(strict.error(), cryptoki_errc::attribute_type_invalid));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(signing)

BOOST_AUTO_TEST_CASE(verifies_with_every_scheme_and_hash) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto rsa = test::make_credential(test::rsa);
    const auto ec = test::make_credential(test::p384);
    const auto rsa_key = test::store_both(session, rsa, {1});
    const auto ec_key = test::store_both(session, ec, {2});
    for (const auto hash : {Hash::sha256, Hash::sha384, Hash::sha512}) {
        const auto hashed = digest(hash, as_bytes("text"));
        for (const auto scheme : {Scheme::rsa_pkcs1, Scheme::rsa_pss, Scheme::ecdsa}) {
            if (scheme == Scheme::ecdsa && hash == Hash::sha512) continue; // longer than the field of P-384
            const bool is_ec = scheme == Scheme::ecdsa;
            const auto signature = sign_digest(session, is_ec ? ec_key : rsa_key, scheme, hash, hashed);
            BOOST_REQUIRE_MESSAGE(signature, (signature ? "" : describe(signature.error())));
            auto* const key = X509_get0_pubkey((is_ec ? ec : rsa).certificate.get());
            BOOST_TEST(verify_digest(key, scheme, hash, hashed, *signature).value());
            auto damaged = *signature;
            damaged[damaged.size() / 2] ^= 1U;
            BOOST_TEST(!verify_digest(key, scheme, hash, hashed, damaged).value());
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_digest_of_another_size) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::store_both(session, test::make_credential(test::rsa), {1});
    const auto signature = sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, Bytes(20));
    BOOST_REQUIRE(!signature);
    BOOST_TEST(is(signature.error(), client_errc::scheme_not_for_key));
}

BOOST_AUTO_TEST_CASE(with_a_scheme_of_the_other_kind_is_refused_by_the_token) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::store_both(session, test::make_credential(test::p256), {1});
    const auto hashed = digest(Hash::sha256, as_bytes("text"));
    BOOST_TEST(!sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, hashed).has_value());
    BOOST_TEST(sign_digest(session, key, Scheme::ecdsa, Hash::sha256, hashed)
                   .has_value()); // and nothing is left open
}

BOOST_AUTO_TEST_CASE(presents_the_pin_to_a_key_that_asks_each_time) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::generate_cautious_key(session, {1});
    const auto hashed = digest(Hash::sha256, as_bytes("text"));
    const auto without = sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, hashed);
    BOOST_REQUIRE(!without);
    BOOST_TEST(is(without.error(), cryptoki_errc::user_not_logged_in));
    const Secret wrong(as_bytes("000000"));
    const auto refused = sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, hashed, &wrong);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(is(refused.error(), cryptoki_errc::pin_incorrect));
    const auto with = sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, hashed, &test::user_pin);
    BOOST_TEST_INFO((with ? "" : describe(with.error())));
    BOOST_TEST(with.has_value());
}

BOOST_AUTO_TEST_CASE(does_not_present_the_pin_to_a_key_that_does_not_ask) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = test::store_both(session, test::make_credential(test::rsa), {1});
    const Secret wrong(as_bytes("000000"));
    const auto hashed = digest(Hash::sha256, as_bytes("text"));
    BOOST_TEST(sign_digest(session, key, Scheme::rsa_pkcs1, Hash::sha256, hashed, &wrong).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
