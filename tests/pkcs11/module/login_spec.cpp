// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// PINs: what is sent, what is never sent, and what the login state says afterwards.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

// p11-kit's header of Debian 12 ends at 2.40.
CK_RV get_interface(CK_UTF8CHAR_PTR, CK_VERSION_PTR, CK_INTERFACE**, CK_FLAGS) __asm__("C_GetInterface");

namespace {

CK_RV set_pin(Opened& at, std::string before, std::string after) {
    return at.p11->C_SetPIN(at.session, reinterpret_cast<unsigned char*>(before.data()), before.size(),
                            reinterpret_cast<unsigned char*>(after.data()), after.size());
}

CK_ACREDITA_FUNCTION_LIST& vendor_list() {
    CK_INTERFACE* found = nullptr;
    unsigned char name[] = ACREDITA_INTERFACE_NAME;
    BOOST_REQUIRE_EQUAL(get_interface(name, nullptr, &found, 0), CKR_OK);
    return *static_cast<CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList);
}

} // namespace

BOOST_AUTO_TEST_SUITE(Logins)

BOOST_FIXTURE_TEST_CASE(The_right_PIN_logs_in_and_a_second_login_or_logout_is_told_so, Opened) {
    BOOST_TEST(p11->C_Logout(session) == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(login() == CKR_OK);
    BOOST_TEST(state() == CKS_RW_USER_FUNCTIONS);
    BOOST_TEST(login() == CKR_USER_ALREADY_LOGGED_IN);
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
    BOOST_TEST(p11->C_Logout(session) == CKR_OK);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(p11->C_Logout(session) == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(!own.verified); // the card itself has forgotten
}
BOOST_FIXTURE_TEST_CASE(A_malformed_PIN_never_reaches_the_card, Opened) {
    for (const auto* malformed : {"12345", "123456789", "simply-wrong", "", "12345a"})
        BOOST_TEST(login(malformed) == CKR_PIN_INCORRECT);
    BOOST_TEST(own.count("verify_pin") == 0U);
    BOOST_TEST(own.tries == 3U);
}
BOOST_FIXTURE_TEST_CASE(A_malformed_PIN_is_an_incorrect_one_by_the_tokens_flags_too_until_the_right_one,
                        Opened) {
    const auto flags = [&] {
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        return info.flags & (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    };
    BOOST_TEST(flags() == 0U);
    BOOST_TEST(login("simply-wrong") == CKR_PIN_INCORRECT);
    BOOST_TEST(flags() == CKF_USER_PIN_COUNT_LOW);
    BOOST_TEST(login() == CKR_OK);
    BOOST_TEST(flags() == 0U);
}
BOOST_FIXTURE_TEST_CASE(No_PIN_at_all_is_a_wrong_argument_where_the_reader_has_no_keys, Opened) {
    BOOST_TEST(p11->C_Login(session, CKU_USER, nullptr, 0) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(p11->C_Login(session, CKU_USER, nullptr, 6) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(own.count("verify_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_user_type_that_does_not_exist_is_refused, Opened) {
    BOOST_TEST(login("123456", 7) == CKR_USER_TYPE_INVALID);
    BOOST_TEST(login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(The_administration_key_is_hexadecimal_text_and_only_that_is_sent, Opened) {
    BOOST_TEST(login("010", CKU_SO) == CKR_PIN_INCORRECT); // half a byte
    BOOST_TEST(login("XX0203040506070801020304050607080102030405060708", CKU_SO) == CKR_PIN_INCORRECT);
    BOOST_TEST(own.count("authenticate_admin") == 0U);
    BOOST_TEST(login("FF0203040506070801020304050607080102030405060708", CKU_SO) == CKR_PIN_INCORRECT);
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_OK);
    BOOST_TEST(state() == CKS_RW_SO_FUNCTIONS);
}
BOOST_FIXTURE_TEST_CASE(The_administrator_and_read_only_sessions_exclude_each_other, Opened) {
    CK_SESSION_HANDLE read_only = 0;
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &read_only), CKR_OK);
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_SESSION_READ_ONLY_EXISTS);
    BOOST_REQUIRE_EQUAL(p11->C_CloseSession(read_only), CKR_OK);
    BOOST_REQUIRE_EQUAL(login(admin_key, CKU_SO), CKR_OK);
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &read_only) ==
               CKR_SESSION_READ_WRITE_SO_EXISTS);
}
BOOST_FIXTURE_TEST_CASE(The_vendor_call_verifies_the_PIN_and_leaves_the_administrator_logged_in, Opened) {
    BOOST_REQUIRE_EQUAL(login(admin_key, CKU_SO), CKR_OK);
    auto& vendor = vendor_list();
    unsigned char wrong[] = "111111", right[] = "123456", short_one[] = "12";
    BOOST_TEST(vendor.A_VerifyPin(session, wrong, 6) == CKR_PIN_INCORRECT);
    BOOST_TEST(vendor.A_VerifyPin(session, short_one, 2) == CKR_PIN_LEN_RANGE);
    BOOST_TEST(vendor.A_VerifyPin(session, right, 6) == CKR_OK);
    BOOST_TEST(state() == CKS_RW_SO_FUNCTIONS);
}
BOOST_FIXTURE_TEST_CASE(The_PIN_is_changed_with_and_without_login, Opened) {
    BOOST_TEST(set_pin(*this, "123456", "654321") == CKR_OK);
    BOOST_REQUIRE_EQUAL(login("654321"), CKR_OK);
    BOOST_TEST(set_pin(*this, "654321", "111222") == CKR_OK);
    BOOST_TEST(own.pin == "111222");
    BOOST_TEST(set_pin(*this, "12", "333444") == CKR_PIN_INCORRECT);
    BOOST_TEST(set_pin(*this, "letters", "333444") == CKR_PIN_INCORRECT);
    BOOST_TEST(own.count("change_pin") == 2U);
    BOOST_TEST(set_pin(*this, "111222", "12") == CKR_PIN_LEN_RANGE);
    BOOST_TEST(set_pin(*this, "111222", "abcdef") == CKR_PIN_INVALID);
    BOOST_TEST(own.pin == "111222");
}
BOOST_FIXTURE_TEST_CASE(A_blocked_PIN_is_unblocked_by_the_PUK_without_login, Opened) {
    own.tries = 0;
    BOOST_TEST(set_pin(*this, "999", "654321") == CKR_PIN_INCORRECT);
    BOOST_TEST(own.count("unblock_pin") == 0U);
    BOOST_TEST(set_pin(*this, "99999999", "654321") == CKR_PIN_INCORRECT);
    BOOST_TEST(set_pin(*this, "12345678", "654321") == CKR_OK);
    BOOST_TEST(login("654321") == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(The_PUK_is_not_tried_while_the_PIN_is_not_blocked, Opened) {
    BOOST_TEST(set_pin(*this, "12345678", "654321") == CKR_PIN_INCORRECT);
    BOOST_TEST(own.count("unblock_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(The_vendor_interface_takes_the_PUK_for_a_forgotten_PIN_too, Opened) {
    auto& vendor = vendor_list();
    unsigned char puk[] = "12345678";
    unsigned char fresh[] = "654321";
    BOOST_TEST(vendor.A_UnblockPin(session, puk, 8, fresh, 6) == CKR_OK);
    BOOST_TEST(login("654321") == CKR_OK);
    BOOST_TEST(vendor.A_UnblockPin(session, puk, 8, fresh, 6) == CKR_USER_ALREADY_LOGGED_IN);
}
BOOST_FIXTURE_TEST_CASE(A_PUK_that_the_card_does_not_change_is_said_to_stay, Opened) {
    unsigned char puk[] = "12345678", fresh[] = "40719263";
    BOOST_TEST(vendor_list().A_ChangePuk(session, puk, 8, fresh, 3) == CKR_PIN_LEN_RANGE);
    BOOST_TEST(vendor_list().A_ChangePuk(session, puk, 8, fresh, 8) == CKR_FUNCTION_NOT_SUPPORTED);
    BOOST_TEST(vendor_list().A_ChangePuk(session, nullptr, 0, fresh, 8) == CKR_ARGUMENTS_BAD);
    BOOST_REQUIRE_EQUAL(login("123456"), CKR_OK);
    BOOST_TEST(vendor_list().A_ChangePuk(session, puk, 8, fresh, 8) == CKR_USER_ALREADY_LOGGED_IN);
}
BOOST_FIXTURE_TEST_CASE(Setting_the_PIN_as_administrator_is_what_the_card_makes_of_it, Opened) {
    unsigned char pin[] = "654321";
    BOOST_TEST(p11->C_InitPIN(session, pin, 6) == CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(login(admin_key, CKU_SO), CKR_OK);
    BOOST_TEST(p11->C_InitPIN(session, pin, 6) == CKR_FUNCTION_NOT_SUPPORTED);
}
BOOST_AUTO_TEST_CASE(A_read_only_session_changes_no_PIN) {
    Opened at(CKF_SERIAL_SESSION);
    BOOST_TEST(set_pin(at, "123456", "654321") == CKR_SESSION_READ_ONLY);
}

BOOST_AUTO_TEST_SUITE_END()
