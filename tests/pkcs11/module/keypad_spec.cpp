// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Readers with keys of their own: the PIN that no program sees, and the person whom nobody else waits for.
#include "tests/pkcs11/module/fake_card.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Desk : Opened {
    Desk() { own.keypad = true; }
    CK_FLAGS flags() {
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        return info.flags;
    }
    CK_RV login_there(CK_USER_TYPE user = CKU_USER) { return p11->C_Login(session, user, nullptr, 0); }
};

// A person who stands before the reader and does nothing yet.
struct Hesitating : Desk {
    Hesitating() {
        (void)flags();
        own.hesitates = true;
        own.typed = {"123456"};
        person = std::thread([this] { outcome = login_there(); });
        while (!own.asking) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~Hesitating() { go_on(); }
    Hesitating(const Hesitating&) = delete;
    Hesitating& operator=(const Hesitating&) = delete;
    void go_on() {
        own.hesitates = false;
        if (person.joinable()) person.join();
    }
    CK_RV outcome = CKR_OK;
    std::thread person;
};

} // namespace

BOOST_AUTO_TEST_SUITE(Keypads)

BOOST_FIXTURE_TEST_CASE(The_token_says_so_and_the_person_logs_in_there, Desk) {
    BOOST_TEST((flags() & CKF_PROTECTED_AUTHENTICATION_PATH) != 0U);
    own.typed = {"123456"};
    BOOST_TEST(login_there() == CKR_OK);
    BOOST_TEST(state() == CKS_RW_USER_FUNCTIONS);
    BOOST_TEST(own.count("verify_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(An_administrator_may_switch_the_keys_off, Desk) {
    own.settings.keypads = false;
    BOOST_TEST((flags() & CKF_PROTECTED_AUTHENTICATION_PATH) == 0U);
    BOOST_TEST(login_there() == CKR_ARGUMENTS_BAD);
    BOOST_TEST(login() == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(What_the_person_does_has_its_own_code_and_costs_no_try_unless_it_was_wrong, Desk) {
    own.typed = {"cancel"};
    BOOST_TEST(login_there() == CKR_FUNCTION_CANCELED);
    BOOST_TEST(login_there() == CKR_FUNCTION_CANCELED); // nothing in time
    own.typed = {"12"};
    BOOST_TEST(login_there() == CKR_PIN_INCORRECT);
    BOOST_TEST(own.tries == 3U);
    own.typed = {"999999"};
    BOOST_TEST(login_there() == CKR_PIN_INCORRECT);
    BOOST_TEST(own.tries == 2U);
    BOOST_TEST((flags() & CKF_USER_PIN_COUNT_LOW) != 0U);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
}
BOOST_FIXTURE_TEST_CASE(The_person_is_not_asked_for_the_last_try_nor_for_an_empty_PIN, Desk) {
    BOOST_TEST(login("") == CKR_PIN_INCORRECT);
    own.tries = 1;
    BOOST_TEST(login_there() == CKR_PIN_LOCKED);
    BOOST_TEST(own.count("typed_pin") == 0U);
}
BOOST_FIXTURE_TEST_CASE(The_PIN_is_changed_and_unblocked_there, Desk) {
    own.typed = {"123456", "654321"};
    BOOST_TEST(p11->C_SetPIN(session, nullptr, 0, nullptr, 0) == CKR_OK);
    BOOST_TEST(own.pin == "654321");
    own.tries = 0;
    own.later += std::chrono::seconds(3);
    own.typed = {"12345678", "111222"};
    BOOST_TEST(p11->C_SetPIN(session, nullptr, 0, nullptr, 0) == CKR_OK);
    BOOST_TEST(own.pin == "111222");
    unsigned char half[] = "123456";
    BOOST_TEST(p11->C_SetPIN(session, nullptr, 0, half, 6) == CKR_ARGUMENTS_BAD);
}
BOOST_FIXTURE_TEST_CASE(The_PIN_for_one_operation_is_typed_when_the_operation_runs, Desk) {
    own.always.insert(0x9C);
    own.give(0x9C, rsa_pair());
    own.typed = {"123456", "123456"};
    BOOST_REQUIRE_EQUAL(login_there(), CKR_OK);
    CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
    BOOST_REQUIRE_EQUAL(p11->C_SignInit(session, &mechanism, find_one(CKO_PRIVATE_KEY)), CKR_OK);
    own.asked.clear();
    BOOST_TEST(login_there(CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(own.asked.empty());
    Bytes data(20), out(256);
    CK_ULONG size = out.size();
    BOOST_TEST(p11->C_Sign(session, data.data(), data.size(), out.data(), &size) == CKR_OK);
    BOOST_TEST((own.asked == std::vector<std::string>{"typed_pin", "operate"}));
}
BOOST_FIXTURE_TEST_CASE(Nobody_who_only_asks_waits_for_the_person, Hesitating) {
    CK_SLOT_INFO slot{};
    CK_ULONG count = 0;
    CK_SESSION_HANDLE another = 0;
    BOOST_TEST((flags() & CKF_PROTECTED_AUTHENTICATION_PATH) != 0U);
    BOOST_TEST(p11->C_GetSlotInfo(0, &slot) == CKR_OK);
    BOOST_TEST(p11->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
    BOOST_TEST(p11->C_GetMechanismList(0, nullptr, &count) == CKR_OK);
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &another) == CKR_OK);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(p11->C_CloseSession(another) == CKR_OK);
    BOOST_TEST(own.asking);
    go_on();
    BOOST_TEST(outcome == CKR_OK);
    BOOST_TEST(state() == CKS_RW_USER_FUNCTIONS);
}
BOOST_FIXTURE_TEST_CASE(Who_closes_the_session_does_not_wait_and_nobody_is_logged_in_afterwards, Hesitating) {
    BOOST_TEST(p11->C_CloseSession(session) == CKR_OK);
    BOOST_TEST(own.asking);
    go_on();
    BOOST_TEST(outcome == CKR_SESSION_CLOSED);
    BOOST_TEST(!own.verified);
}
BOOST_FIXTURE_TEST_CASE(Who_finishes_the_module_does_not_wait_either, Hesitating) {
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_OK);
    BOOST_TEST(own.asking);
    go_on();
    BOOST_TEST(outcome == CKR_CRYPTOKI_NOT_INITIALIZED);
    BOOST_TEST(!own.verified);
}

BOOST_AUTO_TEST_SUITE_END()
