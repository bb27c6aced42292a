// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/keys.hpp"
#include "pkcs11/client/objects.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

namespace {

bool signs(EVP_PKEY* key) {
    const EvpKeyContext context(EVP_PKEY_CTX_new(key, nullptr));
    const Bytes hashed(32);
    Bytes signature(256);
    auto size = signature.size();
    return EVP_PKEY_sign_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
           EVP_PKEY_sign(context.get(), signature.data(), &size, hashed.data(), hashed.size()) == 1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_key_of_the_token)

BOOST_AUTO_TEST_CASE(signs_cms_that_openssl_verifies) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    for (const auto kind : {test::rsa, test::p256, test::p384}) {
        const auto credential = test::make_credential(kind);
        const Bytes id{static_cast<std::uint8_t>(kind.bits / 64)};
        test::store_both(session, credential, id);
        const auto key = token_key(session, id);
        BOOST_REQUIRE_MESSAGE(key, (key ? "" : describe(key.error())));
        BOOST_TEST(test::signs_cms(key->get(), credential.certificate.get()));
    }
}

BOOST_AUTO_TEST_CASE(leaves_our_session_and_its_login_alone) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::rsa);
    test::store_both(session, credential, {1});
    {
        const auto key = token_key(session, Bytes{1});
        BOOST_REQUIRE(key);
        BOOST_TEST(test::signs_cms(key->get(), credential.certificate.get()));
    }
    BOOST_TEST((session.login_state().value() == LoginState::user));
    BOOST_TEST(find_one(session, ObjectClass::private_key, Bytes{1}).has_value());
}

BOOST_AUTO_TEST_CASE(goes_on_working_while_others_are_looked_up) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto one = test::make_credential(test::rsa);
    const auto two = test::make_credential(test::p256);
    test::store_both(session, one, {1});
    const auto first = token_key(session, Bytes{1});
    BOOST_REQUIRE(first);
    test::store_both(session, two, {2}); // libp11 has to see what came later
    const auto second = token_key(session, Bytes{2});
    BOOST_REQUIRE(second);
    BOOST_TEST(test::signs_cms(first->get(), one.certificate.get()));
    BOOST_TEST(test::signs_cms(second->get(), two.certificate.get()));
}

BOOST_AUTO_TEST_CASE(is_the_new_one_after_the_old_was_destroyed) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto old_one = test::make_credential(test::rsa);
    const auto old_key = test::store_both(session, old_one, {1});
    { BOOST_REQUIRE(token_key(session, Bytes{1})); }
    BOOST_REQUIRE(destroy(session, old_key));
    BOOST_REQUIRE(destroy(session, find_one(session, ObjectClass::certificate, Bytes{1}).value()));
    const auto new_one = test::make_credential(test::rsa);
    test::store_both(session, new_one, {1});
    const auto key = token_key(session, Bytes{1});
    BOOST_REQUIRE(key);
    BOOST_TEST(test::signs_cms(key->get(), new_one.certificate.get()));
}

BOOST_AUTO_TEST_CASE(is_named_when_it_is_not_there) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto key = token_key(session, Bytes{9});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::object_not_found));
}

BOOST_AUTO_TEST_CASE(is_not_chosen_among_several_with_one_id) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    test::store_both(session, test::make_credential(test::rsa), {1});
    test::store_both(session, test::make_credential(test::p256), {1});
    const auto key = token_key(session, Bytes{1});
    BOOST_REQUIRE(!key);
    BOOST_TEST(is(key.error(), client_errc::several_objects));
}

BOOST_AUTO_TEST_CASE(leaves_no_session_of_libp11_behind_when_all_is_closed) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    {
        auto session = token.logged_in();
        test::store_both(session, test::make_credential(test::rsa), {1});
        BOOST_REQUIRE(token_key(session, Bytes{1}));
    }
    const auto session = token.open(); // nobody kept the login of the slot alive
    BOOST_TEST((session.login_state().value() == LoginState::none));
}

BOOST_AUTO_TEST_CASE(outlives_session_and_module_of_its_maker) {
    if (test::softhsm_missing()) return;
    test::SoftToken token;
    const auto credential = test::make_credential(test::rsa);
    SharedKey kept;
    {
        auto session = token.logged_in();
        test::store_both(session, credential, {1});
        kept = token_key(session, Bytes{1}).value();
    }
    token.module.reset();
    BOOST_TEST(test::signs_cms(kept.get(), credential.certificate.get()));
}

BOOST_AUTO_TEST_CASE(does_not_sign_after_logout) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto credential = test::make_credential(test::rsa);
    test::store_both(session, credential, {1});
    const auto key = token_key(session, Bytes{1});
    BOOST_REQUIRE(key);
    BOOST_REQUIRE(session.logout());
    BOOST_TEST(!test::signs_cms(key->get(), credential.certificate.get()));
}

BOOST_AUTO_TEST_CASE(asks_its_source_for_the_pin_before_each_use) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    test::generate_cautious_key(session, {1});
    int asked = 0;
    const auto key = token_key(session, Bytes{1}, [&asked]() -> Result<Secret> {
        ++asked;
        return test::user_pin.clone();
    });
    BOOST_REQUIRE(key);
    BOOST_TEST(signs(key->get()));
    BOOST_TEST(signs(key->get()));
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(does_not_sign_when_its_source_gives_no_pin) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    test::generate_cautious_key(session, {1});
    const auto key =
        token_key(session, Bytes{1}, []() -> Result<Secret> { return fail(client_errc::pin_malformed); });
    BOOST_REQUIRE(key);
    BOOST_TEST(!signs(key->get()));
}

BOOST_AUTO_TEST_SUITE_END()
