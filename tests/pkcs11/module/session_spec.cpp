// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The order of checks, sessions and their ends, and the functions no card of ours has.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

BOOST_AUTO_TEST_SUITE(Sessions)

BOOST_AUTO_TEST_CASE(Before_initialisation_everything_says_so_even_with_bad_arguments) {
    CK_FUNCTION_LIST* p11 = nullptr;
    BOOST_REQUIRE_EQUAL(C_GetFunctionList(&p11), CKR_OK);
    BOOST_TEST(p11->C_GetSlotList(CK_FALSE, nullptr, nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED);
    BOOST_TEST(p11->C_Sign(1, nullptr, 9, nullptr, nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED);
    BOOST_TEST(p11->C_EncryptInit(1, nullptr, 0) == CKR_CRYPTOKI_NOT_INITIALIZED);
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(Bad_arguments_come_before_bad_sessions_and_those_before_missing_functions,
                        Initialised) {
    CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
    CK_ULONG size = 0;
    BOOST_TEST(p11->C_EncryptInit(77, nullptr, 0) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(p11->C_EncryptInit(77, &mechanism, 0) == CKR_SESSION_HANDLE_INVALID);
    BOOST_TEST(p11->C_Sign(77, nullptr, 5, nullptr, &size) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(p11->C_Sign(77, nullptr, 0, nullptr, &size) == CKR_SESSION_HANDLE_INVALID);
    BOOST_TEST(p11->C_GetSessionInfo(77, nullptr) == CKR_ARGUMENTS_BAD);
}
BOOST_FIXTURE_TEST_CASE(A_missing_function_says_so_when_all_else_is_right, Opened) {
    CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
    CK_OBJECT_HANDLE key = 0;
    BOOST_TEST(p11->C_GenerateKey(session, &mechanism, nullptr, 0, &key) == CKR_FUNCTION_NOT_SUPPORTED);
    BOOST_TEST(p11->C_GetFunctionStatus(session) == CKR_FUNCTION_NOT_PARALLEL);
    BOOST_TEST(p11->C_CancelFunction(session) == CKR_FUNCTION_NOT_PARALLEL);
}
BOOST_FIXTURE_TEST_CASE(A_session_wants_the_serial_flag_a_slot_and_a_place_for_its_handle, Initialised) {
    CK_SESSION_HANDLE session = 0;
    BOOST_TEST(p11->C_OpenSession(9, 0, nullptr, nullptr, &session) == CKR_SLOT_ID_INVALID);
    BOOST_TEST(p11->C_OpenSession(0, 0, nullptr, nullptr, &session) == CKR_SESSION_PARALLEL_NOT_SUPPORTED);
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, nullptr) == CKR_ARGUMENTS_BAD);
    own.pull();
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) ==
               CKR_TOKEN_NOT_PRESENT);
}
BOOST_FIXTURE_TEST_CASE(A_slot_is_known_by_its_number_without_asking_for_the_list_again, Initialised) {
    CK_SESSION_HANDLE session = 0;
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(A_closed_session_is_no_session_and_its_handle_is_not_used_again, Opened) {
    const auto old = session;
    BOOST_TEST(p11->C_CloseSession(session) == CKR_OK);
    BOOST_TEST(p11->C_CloseSession(session) == CKR_SESSION_HANDLE_INVALID);
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(session != old);
    BOOST_TEST(p11->C_CloseAllSessions(0) == CKR_OK);
    BOOST_TEST(p11->C_CloseAllSessions(0) == CKR_OK);
    CK_SESSION_INFO info{};
    BOOST_TEST(p11->C_GetSessionInfo(session, &info) == CKR_SESSION_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(The_last_session_takes_the_login_with_it, Opened) {
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_CloseSession(session), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(state() == CKS_RO_PUBLIC_SESSION);
}
BOOST_FIXTURE_TEST_CASE(Random_numbers_differ_and_cost_the_card_nothing, Opened) {
    own.asked.clear();
    unsigned char a[32] = {}, b[32] = {};
    BOOST_REQUIRE_EQUAL(p11->C_GenerateRandom(session, a, sizeof a), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_GenerateRandom(session, b, sizeof b), CKR_OK);
    BOOST_TEST(!std::equal(a, a + 32, b));
    BOOST_TEST(p11->C_GenerateRandom(session, a, 0) == CKR_OK);
    BOOST_TEST(p11->C_SeedRandom(session, a, 32) == CKR_OK);
    BOOST_TEST(own.asked.empty());
}
BOOST_FIXTURE_TEST_CASE(A_digest_in_one_call_and_in_parts_is_the_same, Opened) {
    CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
    unsigned char data[] = {'a', 'b', 'c'};
    unsigned char out[64];
    CK_ULONG size = 0;
    BOOST_REQUIRE_EQUAL(p11->C_DigestInit(session, &mechanism), CKR_OK);
    BOOST_TEST(p11->C_DigestInit(session, &mechanism) == CKR_OPERATION_ACTIVE);
    BOOST_TEST(p11->C_Digest(session, data, 3, nullptr, &size) == CKR_OK);
    BOOST_TEST(size == 32U);
    size = 31;
    BOOST_TEST(p11->C_Digest(session, data, 3, out, &size) == CKR_BUFFER_TOO_SMALL);
    BOOST_REQUIRE_EQUAL(p11->C_Digest(session, data, 3, out, &size), CKR_OK);
    BOOST_TEST(to_hex({out, 32}).substr(0, 8) == "BA7816BF");
    BOOST_TEST(p11->C_Digest(session, data, 3, out, &size) == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_REQUIRE_EQUAL(p11->C_DigestInit(session, &mechanism), CKR_OK);
    for (auto& byte : data) BOOST_REQUIRE_EQUAL(p11->C_DigestUpdate(session, &byte, 1), CKR_OK);
    size = sizeof out;
    BOOST_REQUIRE_EQUAL(p11->C_DigestFinal(session, out, &size), CKR_OK);
    BOOST_TEST(to_hex({out, 32}).substr(0, 8) == "BA7816BF");
}

BOOST_AUTO_TEST_SUITE_END()
