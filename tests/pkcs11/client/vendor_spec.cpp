// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/vendor.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

BOOST_AUTO_TEST_SUITE(with_a_module_that_is_not_ours)

BOOST_AUTO_TEST_CASE(no_fact_is_guessed) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto facts = card_facts(session);
    BOOST_REQUIRE(facts);
    BOOST_TEST(!facts->vendor_object);
    BOOST_TEST(!facts->pin_tries_left.has_value());
    BOOST_TEST(!facts->factory_pin.has_value());
    BOOST_TEST(!facts->can_import.has_value());
    BOOST_TEST(!facts->destination.has_value());
    BOOST_TEST(!facts->reader.has_value());
}

BOOST_AUTO_TEST_CASE(the_light_of_the_pin_follows_the_flags) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    BOOST_TEST((card_facts(session).value().pin == PinLight::good));
    BOOST_REQUIRE(!session.login(Role::user, Secret(as_bytes("000000"))));
    BOOST_TEST((card_facts(session).value().pin == PinLight::low));
}

BOOST_AUTO_TEST_CASE(a_place_cannot_be_asked_for) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto there = destination_at(session, 0x9A);
    BOOST_REQUIRE(!there);
    BOOST_TEST(is(there.error(), client_errc::vendor_absent));
}

BOOST_AUTO_TEST_CASE(a_pin_is_verified_by_login_and_logout) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    BOOST_TEST(verify_pin(session, test::user_pin).has_value());
    BOOST_TEST((session.login_state().value() == LoginState::none));
    const auto wrong = verify_pin(session, Secret(as_bytes("000000")));
    BOOST_REQUIRE(!wrong);
    BOOST_TEST(is(wrong.error(), cryptoki_errc::pin_incorrect));
}

BOOST_AUTO_TEST_CASE(a_pin_is_not_called_verified_because_somebody_is_logged_in) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto outcome = verify_pin(session, Secret(as_bytes("000000")));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::user_already_logged_in));
    BOOST_TEST((session.login_state().value() == LoginState::user));
}

BOOST_AUTO_TEST_CASE(a_signature_without_pin_is_refused_by_the_module) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    test::store_both(session, test::make_credential(test::rsa), {1});
    BOOST_REQUIRE(session.logout());
    const auto outcome = sign_unverified(session, Bytes{1}, Scheme::rsa_pkcs1);
    BOOST_REQUIRE_MESSAGE(outcome, (outcome ? "" : describe(outcome.error())));
    BOOST_TEST((outcome->refusal == UnverifiedSignature::Refusal::by_module));
    BOOST_TEST(!outcome->status_word.has_value());
}

BOOST_AUTO_TEST_CASE(the_proof_is_not_taken_while_somebody_is_logged_in) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto outcome = sign_unverified(session, Bytes{1}, Scheme::rsa_pkcs1);
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::user_already_logged_in));
}

BOOST_AUTO_TEST_CASE(a_key_that_signs_without_pin_is_seen) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    // A key that is not CKA_PRIVATE: SoftHSM signs with it for everybody, as a faulty card would.
    std::uint8_t id[] = {5};
    std::uint8_t f4[] = {1, 0, 1};
    CK_BBOOL no = CK_FALSE;
    CK_BBOOL yes = CK_TRUE;
    CK_ULONG bits = 2048;
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    CK_ATTRIBUTE pub[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}, {CKA_PUBLIC_EXPONENT, f4, sizeof f4}};
    CK_ATTRIBUTE priv[] = {
        {CKA_ID, id, sizeof id}, {CKA_PRIVATE, &no, 1}, {CKA_TOKEN, &no, 1}, {CKA_SIGN, &yes, 1}};
    CK_OBJECT_HANDLE handles[2];
    BOOST_REQUIRE_EQUAL(session.functions().C_GenerateKeyPair(session.handle(), &mechanism, pub, 2, priv, 4,
                                                              &handles[0], &handles[1]),
                        CKR_OK);
    const auto outcome = sign_unverified(session, Bytes{5}, Scheme::rsa_pkcs1);
    BOOST_REQUIRE_MESSAGE(outcome, (outcome ? "" : describe(outcome.error())));
    BOOST_TEST((outcome->refusal == UnverifiedSignature::Refusal::none));
}

BOOST_AUTO_TEST_SUITE_END()
