// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Tries of the PIN: told exactly, never all spent by a program; PINs for one operation; a remembered PIN.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

CK_RV get_interface(CK_UTF8CHAR_PTR, CK_VERSION_PTR, CK_INTERFACE**, CK_FLAGS) __asm__("C_GetInterface");

namespace {

constexpr CK_FLAGS pin_flags = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED;

struct Card : Opened {
    CK_FLAGS flags() {
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        return info.flags & pin_flags;
    }
    // A program of ours, after a person's yes.
    CK_RV verify(std::string pin) {
        CK_INTERFACE* found = nullptr;
        unsigned char name[] = ACREDITA_INTERFACE_NAME;
        BOOST_REQUIRE_EQUAL(get_interface(name, nullptr, &found, 0), CKR_OK);
        return static_cast<CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList)
            ->A_VerifyPin(session, reinterpret_cast<unsigned char*>(pin.data()), pin.size());
    }
    CK_OBJECT_HANDLE key = 0;
    CK_RV begin_signing() {
        CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
        if (key == 0) key = find_one(CKO_PRIVATE_KEY);
        return p11->C_SignInit(session, &mechanism, key);
    }
    CK_RV finish_signing() {
        Bytes data(20), out(256);
        CK_ULONG size = out.size();
        return p11->C_Sign(session, data.data(), data.size(), out.data(), &size);
    }
    CK_RV sign() {
        const auto rv = begin_signing();
        return rv == CKR_OK ? finish_signing() : rv;
    }
};

// With a key that wants its PIN each time.
struct AlwaysKey : Card {
    AlwaysKey() {
        own.always.insert(0x9C);
        own.give(0x9C, rsa_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        BOOST_REQUIRE_EQUAL(begin_signing(), CKR_OK);
        own.asked.clear();
    }
};

struct Remembering : Card {
    Remembering() {
        own.settings.remember_pin = std::chrono::seconds(600);
        own.give(0x9A, rsa_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        BOOST_REQUIRE_EQUAL(sign(), CKR_OK);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(Tries)

BOOST_FIXTURE_TEST_CASE(The_flags_follow_the_card_exactly_and_cost_nothing, Card) {
    BOOST_TEST(flags() == 0U);
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_TEST(flags() == CKF_USER_PIN_COUNT_LOW);
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_TEST(flags() == (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY));
    BOOST_TEST(verify("111111") == CKR_PIN_LOCKED);
    BOOST_TEST(flags() == (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_LOCKED));
    BOOST_TEST(own.count("pin_status") == 1U);
}
BOOST_FIXTURE_TEST_CASE(A_program_is_told_locked_before_it_spends_the_last_try, Card) {
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    for (int endless = 0; endless < 3; ++endless) BOOST_TEST(login() == CKR_PIN_LOCKED);
    BOOST_TEST(own.tries == 1U);
    BOOST_TEST(own.count("verify_pin") == 2U);
    BOOST_TEST(flags() == (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY)); // the truth
    BOOST_TEST(verify("123456") == CKR_OK);
    BOOST_TEST(flags() == 0U);
    BOOST_TEST(login() == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(Tries_that_another_program_spent_are_noticed_before_the_PIN_is_sent, Card) {
    BOOST_TEST(flags() == 0U);
    own.tries = 1;
    own.later += std::chrono::seconds(3);
    BOOST_TEST(login() == CKR_PIN_LOCKED);
    BOOST_TEST(own.count("verify_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(The_last_try_is_guarded_when_the_PIN_is_changed_too, Card) {
    own.tries = 1;
    unsigned char before[] = "111111", after[] = "654321";
    BOOST_TEST(p11->C_SetPIN(session, before, 6, after, 6) == CKR_PIN_LOCKED);
    BOOST_TEST(own.count("change_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(An_administrator_may_leave_the_last_try_to_programs, Card) {
    own.settings.guard_last_try = false;
    own.tries = 1;
    BOOST_TEST(login("111111") == CKR_PIN_LOCKED);
    BOOST_TEST(own.tries == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_wrong_administration_key_is_told_until_a_right_one_comes, Card) {
    CK_TOKEN_INFO info{};
    BOOST_TEST(login("FF0203040506070801020304050607080102030405060708", CKU_SO) == CKR_PIN_INCORRECT);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_SO_PIN_COUNT_LOW) != 0U);
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_SO_PIN_COUNT_LOW) == 0U);
}

BOOST_FIXTURE_TEST_CASE(The_PIN_for_one_operation_goes_to_the_card_with_it_and_nothing_between, AlwaysKey) {
    BOOST_TEST(login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(flags() == 0U); // as NSS asks in between
    BOOST_TEST(own.asked.empty());
    BOOST_TEST(finish_signing() == CKR_OK);
    BOOST_TEST((own.asked == std::vector<std::string>{"operate", "verify_pin"}));
}
BOOST_FIXTURE_TEST_CASE(A_wrong_PIN_for_one_operation_is_told_by_the_operation_and_ends_it, AlwaysKey) {
    BOOST_TEST(login("111111", CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(finish_signing() == CKR_PIN_INCORRECT);
    BOOST_TEST(finish_signing() == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_TEST(flags() == CKF_USER_PIN_COUNT_LOW);
    BOOST_REQUIRE_EQUAL(begin_signing(), CKR_OK);
    BOOST_TEST(login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(finish_signing() == CKR_OK);
    BOOST_TEST(flags() == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_malformed_PIN_for_one_operation_never_reaches_the_card, AlwaysKey) {
    BOOST_TEST(login("", CKU_CONTEXT_SPECIFIC) == CKR_PIN_INCORRECT);
    BOOST_TEST(login("123456789", CKU_CONTEXT_SPECIFIC) == CKR_PIN_INCORRECT);
    BOOST_TEST(login("12345x", CKU_CONTEXT_SPECIFIC) == CKR_PIN_INCORRECT);
    BOOST_TEST(finish_signing() == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(own.asked.empty());
}
BOOST_FIXTURE_TEST_CASE(The_last_try_is_guarded_for_one_operation_too, AlwaysKey) {
    own.tries = 1;
    own.later += std::chrono::seconds(3);
    BOOST_TEST(login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(finish_signing() == CKR_PIN_LOCKED);
    BOOST_TEST(own.count("operate") == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_key_that_does_not_ask_each_time_takes_no_PIN_for_one_operation, Card) {
    own.give(0x9A, rsa_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST((attribute(find_one(CKO_PRIVATE_KEY), CKA_ALWAYS_AUTHENTICATE) == Bytes{CK_FALSE}));
    BOOST_REQUIRE_EQUAL(begin_signing(), CKR_OK);
    BOOST_TEST(login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OPERATION_NOT_INITIALIZED);
}

BOOST_FIXTURE_TEST_CASE(A_remembered_PIN_logs_in_again_after_another_programs_reset, Remembering) {
    own.reset();
    BOOST_TEST(sign() == CKR_OK);
    BOOST_TEST(state() == CKS_RW_USER_FUNCTIONS);
    BOOST_TEST(own.count("verify_pin") == 2U);
    own.reset();
    BOOST_TEST(state() == CKS_RW_USER_FUNCTIONS); // the question itself repairs what it tells
}
BOOST_FIXTURE_TEST_CASE(A_remembered_PIN_is_forgotten_in_time, Remembering) {
    own.later += std::chrono::seconds(601);
    own.reset();
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(own.count("verify_pin") == 1U);
}
BOOST_FIXTURE_TEST_CASE(A_remembered_PIN_spends_no_try_that_is_missing, Remembering) {
    own.tries = 2;
    own.reset();
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN);
    own.reset();
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(own.count("verify_pin") == 1U);
}
BOOST_FIXTURE_TEST_CASE(A_remembered_PIN_ends_with_the_login_the_sessions_and_the_card, Remembering) {
    BOOST_REQUIRE_EQUAL(p11->C_Logout(session), CKR_OK);
    own.reset();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_CloseAllSessions(0), CKR_OK);
    BOOST_REQUIRE_EQUAL(
        p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
    own.reset();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    own.pull();
    own.put_in();
    BOOST_REQUIRE_EQUAL(
        p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
    own.reset();
    BOOST_TEST(sign() != CKR_OK);
    BOOST_TEST(own.count("verify_pin") == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
