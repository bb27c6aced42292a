// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/objects.hpp"
#include "pkcs11/client/pin.hpp"
#include "pkcs11/client/vendor.hpp"
#include "tests/pkcs11/client/soft_token.hpp"

#include <type_traits>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::client;

static_assert(!std::is_convertible_v<std::string, const Secret&>, "a PIN never comes from a std::string");
static_assert(!std::is_copy_constructible_v<Session> && std::is_nothrow_move_constructible_v<Session>);

BOOST_AUTO_TEST_SUITE(a_session)

BOOST_AUTO_TEST_CASE(is_logged_in_by_the_right_pin) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open(Access::read_only);
    BOOST_TEST((session.login_state().value() == LoginState::none));
    BOOST_TEST(session.login(Role::user, test::user_pin).has_value());
    BOOST_TEST((session.login_state().value() == LoginState::user));
}

BOOST_AUTO_TEST_CASE(shares_its_login_with_every_session_on_the_slot) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    const auto first = token.logged_in();
    const auto second = token.open(Access::read_only);
    BOOST_TEST((second.login_state().value() == LoginState::user));
}

BOOST_AUTO_TEST_CASE(names_a_wrong_pin) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto outcome = session.login(Role::user, Secret(as_bytes("000000")));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::pin_incorrect));
    BOOST_TEST(error_name(outcome.error().code) == "cryptoki.pin_incorrect");
    BOOST_TEST(outcome.error().detail == "C_Login"); // no trace of the PIN
}

BOOST_AUTO_TEST_CASE(does_not_send_a_pin_that_is_empty_or_holds_a_nul) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const std::uint8_t with_nul[] = {'1', '2', '3', '4', 0, '6'};
    for (const auto& pin : {ByteView{}, ByteView(with_nul)}) {
        const auto outcome = session.login(Role::user, Secret(pin));
        BOOST_REQUIRE(!outcome);
        BOOST_TEST(is(outcome.error(), client_errc::pin_malformed));
    }
    BOOST_TEST(
        (card_facts(session).value().pin == PinLight::good)); // SoftHSM lowers its light at a wrong PIN
}

BOOST_AUTO_TEST_CASE(takes_a_second_login_and_a_second_logout_calmly) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    BOOST_TEST(session.login(Role::user, test::user_pin).has_value());
    BOOST_TEST(session.logout().has_value());
    BOOST_TEST(session.logout().has_value());
}

BOOST_AUTO_TEST_CASE(of_an_administrator_needs_write_access) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto reader = token.open(Access::read_only);
    const auto outcome = reader.login(Role::administrator, test::so_pin);
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::session_read_only_exists));
}

BOOST_AUTO_TEST_CASE(whose_module_was_finalised_says_so_and_closes_quietly) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    BOOST_REQUIRE_EQUAL(token.module->functions().C_Finalize(nullptr), CKR_OK);
    const auto found = find_all(session, ObjectClass::certificate);
    BOOST_REQUIRE(!found);
    BOOST_TEST(is(found.error(), cryptoki_errc::cryptoki_not_initialized));
    session.close();
    session.close();
}

BOOST_AUTO_TEST_CASE(that_another_part_of_the_program_closed_says_so) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    BOOST_REQUIRE_EQUAL(token.module->functions().C_CloseAllSessions(token.slot), CKR_OK);
    const auto outcome = session.login(Role::user, test::user_pin);
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::session_handle_invalid));
}

BOOST_AUTO_TEST_CASE(keeps_its_module_loaded) {
    if (test::softhsm_missing()) return;
    test::SoftToken token;
    const auto session = token.open();
    token.module.reset();
    BOOST_TEST(session.login_state().has_value());
}

BOOST_AUTO_TEST_CASE(gives_random_bytes_of_the_token) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    Bytes one(32);
    Bytes two(32);
    BOOST_REQUIRE(session.random(one));
    BOOST_REQUIRE(session.random(two));
    BOOST_TEST(one != two);
}

BOOST_AUTO_TEST_CASE(changes_the_pin_with_the_old_one) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const Secret fresh(as_bytes("654321"));
    BOOST_REQUIRE(change_pin(session, test::user_pin, fresh));
    BOOST_TEST((session.login_state().value() == LoginState::none));
    const auto old = session.login(Role::user, test::user_pin);
    BOOST_REQUIRE(!old);
    BOOST_TEST(is(old.error(), cryptoki_errc::pin_incorrect));
    BOOST_TEST(session.login(Role::user, fresh).has_value());
}

BOOST_AUTO_TEST_CASE(does_not_change_the_pin_with_a_wrong_old_one) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto outcome = change_pin(session, Secret(as_bytes("111111")), Secret(as_bytes("654321")));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::pin_incorrect));
    BOOST_TEST(session.login(Role::user, test::user_pin).has_value());
}

BOOST_AUTO_TEST_CASE(lets_the_administrator_give_a_new_pin) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    BOOST_REQUIRE(session.login(Role::administrator, test::so_pin));
    const Secret fresh(as_bytes("654321"));
    BOOST_REQUIRE(set_pin_as_administrator(session, fresh));
    BOOST_REQUIRE(session.logout());
    BOOST_TEST(session.login(Role::user, fresh).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_to_unblock_while_somebody_is_logged_in) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.logged_in();
    const auto outcome = unblock_pin(session, Secret(as_bytes("12345678")), Secret(as_bytes("654321")));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::user_already_logged_in));
}

BOOST_AUTO_TEST_CASE(does_not_offer_the_puk_while_the_pin_is_not_blocked) {
    if (test::softhsm_missing()) return;
    const test::SoftToken token;
    auto session = token.open();
    const auto outcome = unblock_pin(session, Secret(as_bytes("12345678")), Secret(as_bytes("654321")));
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(is(outcome.error(), cryptoki_errc::action_prohibited));
    BOOST_TEST((card_facts(session).value().pin == PinLight::good)); // no try was spent on it
}

BOOST_AUTO_TEST_SUITE_END()
