// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module in front of a reader with a keypad (PC/SC part 10), the whole way down.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

using Person = practice::Pinpad::Person;

void types(Practice& practice, std::string_view digits) {
    BOOST_REQUIRE(practice->person(0, Person::types, ZeroingBytes(digits.begin(), digits.end())).has_value());
}

CK_RV login_there(LoadedModule& module) { return module.p11->C_Login(module.session, CKU_USER, nullptr, 0); }

CK_FLAGS flags(LoadedModule& module) {
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    return info.flags;
}

} // namespace

BOOST_AUTO_TEST_SUITE(RealKeypads)

PRACTICE_CASE(A_PIN_typed_on_the_reader_logs_in_and_signs) {
    Practice practice({"piv:serial=340,pinpad"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_TEST((flags(module) & CKF_PROTECTED_AUTHENTICATION_PATH) != 0U);
    types(practice, "123456");
    BOOST_REQUIRE_EQUAL(login_there(module), CKR_OK);
    const auto message = as_bytes("the letter of the office");
    Bytes signature;
    BOOST_TEST(module.sign(module.find(CKO_PRIVATE_KEY).front(), office_pair(), message, signature) ==
               CKR_OK);
    BOOST_TEST(office_pair().verifies(message, signature, "SHA256"));
}
PRACTICE_CASE(What_the_person_does_is_told_and_only_a_wrong_PIN_costs_a_try) {
    Practice practice({"piv:serial=341,pinpad"});
    LoadedModule module;
    module.open();
    BOOST_REQUIRE(practice->person(0, Person::cancels).has_value());
    BOOST_TEST(login_there(module) == CKR_FUNCTION_CANCELED);
    BOOST_REQUIRE(practice->person(0, Person::hesitates).has_value());
    BOOST_TEST(login_there(module) == CKR_FUNCTION_CANCELED);
    types(practice, "1234"); // not sent, but entered
    BOOST_TEST(login_there(module) == CKR_PIN_INCORRECT);
    BOOST_TEST((flags(module) & CKF_USER_PIN_COUNT_LOW) != 0U);
    types(practice, "999999");
    BOOST_TEST(login_there(module) == CKR_PIN_INCORRECT);
    BOOST_TEST((flags(module) & CKF_USER_PIN_COUNT_LOW) != 0U);
    types(practice, "999999");
    BOOST_TEST(login_there(module) == CKR_PIN_INCORRECT);
    BOOST_TEST((flags(module) & CKF_USER_PIN_FINAL_TRY) != 0U);
    BOOST_TEST(login_there(module) == CKR_PIN_LOCKED); // nobody was asked
    types(practice, "123456");
    BOOST_TEST(module.vendor->A_VerifyPin(module.session, nullptr, 0) == CKR_OK);
    BOOST_TEST((flags(module) & CKF_USER_PIN_COUNT_LOW) == 0U);
}
PRACTICE_CASE(The_PIN_is_changed_and_replaced_with_the_PUK_on_the_reader) {
    Practice practice({"piv:serial=342,pinpad"});
    LoadedModule module;
    module.open();
    for (const auto* entry : {"123456", "654321", "111111"}) types(practice, entry);
    BOOST_TEST(module.p11->C_SetPIN(module.session, nullptr, 0, nullptr, 0) == CKR_PIN_INVALID);
    for (const auto* entry : {"123456", "654321", "654321"}) types(practice, entry);
    BOOST_TEST(module.p11->C_SetPIN(module.session, nullptr, 0, nullptr, 0) == CKR_OK);
    for (const auto* entry : {"12345678", "111222", "111222"}) types(practice, entry);
    BOOST_TEST(module.vendor->A_UnblockPin(module.session, nullptr, 0, nullptr, 0) == CKR_OK);
    BOOST_TEST(module.login("111222") == CKR_OK);
}
PRACTICE_CASE(A_reader_without_keys_says_so) {
    const Practice practice({"piv:serial=343"});
    LoadedModule module;
    module.open();
    BOOST_TEST((flags(module) & CKF_PROTECTED_AUTHENTICATION_PATH) == 0U);
    BOOST_TEST(login_there(module) == CKR_ARGUMENTS_BAD);
}

BOOST_AUTO_TEST_SUITE_END()
