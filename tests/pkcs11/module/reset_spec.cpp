// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Cards that leave, come back, are swapped, or are reset by another program.
#include "tests/pkcs11/module/fake_card.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Signed : Opened {
    Signed() {
        own.give(0x9A, rsa_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        key = find_one(CKO_PRIVATE_KEY);
    }
    CK_OBJECT_HANDLE key = 0;
    CK_RV sign() {
        CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
        if (const auto rv = p11->C_SignInit(session, &mechanism, key); rv != CKR_OK) return rv;
        Bytes data(20), out(256);
        CK_ULONG size = out.size();
        return p11->C_Sign(session, data.data(), data.size(), out.data(), &size);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(Resets)

BOOST_FIXTURE_TEST_CASE(After_a_reset_the_session_lives_and_is_public, Signed) {
    own.reset();
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN); // noticed here
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(sign() == CKR_OK); // with the handle from before
}
BOOST_FIXTURE_TEST_CASE(After_a_reset_the_identity_is_kept_and_the_contents_are_read_again, Signed) {
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    own.reset();
    own.asked.clear();
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    auto id = module::key_id(rsa_pair().public_key);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).size() == 3U);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    // A new line; a look at the one place of that id; neither the identity nor the tries again, which a reset
    // does not change.
    BOOST_TEST((own.asked == std::vector<std::string>{"connect", "verify_pin", "recall"}));
}
BOOST_FIXTURE_TEST_CASE(When_another_program_took_the_PIN_away_the_state_says_so, Signed) {
    own.verified = false;
    BOOST_TEST(sign() == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(sign() == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(The_proof_without_a_PIN_reports_what_the_card_says, Signed) {
    own.reset();
    CK_INTERFACE* found = nullptr;
    unsigned char name[] = ACREDITA_INTERFACE_NAME;
    CK_RV get(CK_UTF8CHAR_PTR, CK_VERSION_PTR, CK_INTERFACE**, CK_FLAGS) __asm__("C_GetInterface");
    BOOST_REQUIRE_EQUAL(get(name, nullptr, &found, 0), CKR_OK);
    auto& vendor = *static_cast<CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList);
    CK_ULONG word = 0;
    BOOST_REQUIRE_EQUAL(vendor.A_SignUnverified(session, find_one(CKO_CERTIFICATE), &word), CKR_OK);
    BOOST_TEST(word == 0x6982U);
    BOOST_TEST(own.count("verify_pin") == 1U); // the login of the fixture
    BOOST_TEST(vendor.A_SignUnverified(session, 4711, &word) == CKR_KEY_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_pulled_card_ends_its_sessions_and_the_next_card_is_seen, Signed) {
    own.pull();
    CK_SLOT_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_TOKEN_PRESENT) == 0U);
    CK_SESSION_INFO session_info{};
    BOOST_TEST(p11->C_GetSessionInfo(session, &session_info) == CKR_SESSION_HANDLE_INVALID);
    own.put_in();
    CK_SESSION_HANDLE next = 0;
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &next), CKR_OK);
    BOOST_TEST(p11->C_GetSessionInfo(session, &session_info) == CKR_SESSION_HANDLE_INVALID);
    session = next;
    BOOST_TEST(state() == CKS_RO_PUBLIC_SESSION);
    Bytes value;
    BOOST_TEST(!attribute(key, CKA_ID).has_value()); // a handle of the card that left
}
BOOST_FIXTURE_TEST_CASE(A_card_swapped_while_nobody_looked_is_another_card, Signed) {
    own.pull();
    own.put_in();
    CK_SLOT_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_TOKEN_PRESENT) != 0U);
    CK_SESSION_INFO session_info{};
    BOOST_TEST(p11->C_GetSessionInfo(session, &session_info) == CKR_SESSION_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(
    The_call_that_meets_the_empty_reader_says_removed_the_next_ones_that_the_session_is_gone, Signed) {
    own.begin_errors.push_back(fail(reader::reader_errc::card_removed).value());
    BOOST_TEST(sign() == CKR_DEVICE_REMOVED);
    BOOST_TEST(sign() == CKR_SESSION_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(An_exchange_that_fails_makes_the_card_a_stranger, Signed) {
    own.faults["operate"] = fail(reader::reader_errc::comm_error).value();
    BOOST_TEST(sign() == CKR_DEVICE_REMOVED);
    BOOST_TEST(!own.channel_outlived_line);
    own.faults.clear();
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(own.count("recognise") == 2U);
    BOOST_TEST(state() == CKS_RO_PUBLIC_SESSION);
}
BOOST_FIXTURE_TEST_CASE(Events_are_told_once_and_an_insertion_wakes_the_waiter, Initialised) {
    CK_SLOT_ID slot = 9;
    BOOST_TEST(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr) ==
               CKR_OK); // the card that was in already
    BOOST_TEST(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr) == CKR_NO_EVENT);
    std::thread later([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        own.pull();
    });
    BOOST_TEST(p11->C_WaitForSlotEvent(0, &slot, nullptr) == CKR_OK);
    BOOST_TEST(slot == 0U);
    later.join();
    BOOST_TEST(p11->C_WaitForSlotEvent(0, nullptr, nullptr) == CKR_ARGUMENTS_BAD);
}
BOOST_FIXTURE_TEST_CASE(A_count_that_comes_after_the_card_it_counts_disturbs_nobody, Signed) {
    CK_SLOT_ID slot = 9;
    (void)p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr);
    own.count_late();
    BOOST_TEST(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr) == CKR_NO_EVENT);
    BOOST_TEST(sign() == CKR_OK);
    own.count_late(); // the second is another card, which went and came between two looks
    BOOST_TEST(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr) == CKR_OK);
    BOOST_TEST(sign() == CKR_SESSION_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(Finalize_wakes_a_waiter, Initialised) {
    CK_SLOT_ID slot = 9;
    BOOST_REQUIRE_EQUAL(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr), CKR_OK);
    CK_RV outcome = CKR_OK;
    std::thread waiter([&] { outcome = p11->C_WaitForSlotEvent(0, &slot, nullptr); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_OK);
    waiter.join();
    BOOST_TEST(outcome == CKR_CRYPTOKI_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(A_reset_shows_in_the_session_without_an_exchange_and_before_anything_fails, Signed) {
    own.reset();
    own.asked.clear();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(own.asked.empty());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(sign() == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(A_card_put_in_while_the_line_was_lost_is_not_taken_for_the_one_before, Signed) {
    own.faults["operate"] = fail(reader::reader_errc::card_reset).value();
    BOOST_TEST(sign() == CKR_DEVICE_ERROR);
    own.faults.clear();
    own.pull();
    own.put_in(); // another one of the same make, and nobody has looked
    BOOST_TEST(login() == CKR_DEVICE_REMOVED);
    BOOST_TEST(own.count("verify_pin") == 1U); // that of the fixture: no PIN for a stranger
    BOOST_TEST(sign() == CKR_SESSION_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_card_that_was_too_slow_is_begun_with_anew_and_is_logged_out, Signed) {
    own.faults["operate"] = fail(reader::reader_errc::timeout).value();
    BOOST_TEST(sign() == CKR_DEVICE_ERROR);
    own.faults.clear();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(sign() == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(Trouble_of_the_service_with_one_question_ends_no_session, Signed) {
    for (const auto trouble : {reader::reader_errc::no_memory, reader::reader_errc::server_too_many}) {
        own.no_readers = fail(trouble).value();
        CK_ULONG count = 0;
        BOOST_TEST(p11->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
        BOOST_TEST(count == 1U);
        own.no_readers.reset();
        BOOST_TEST(sign() == CKR_OK);
    }
}
BOOST_FIXTURE_TEST_CASE(Closing_the_last_live_session_logs_out_whatever_dead_ones_were_left_open, Signed) {
    own.pull();
    own.put_in();
    CK_SESSION_HANDLE next = 0;
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &next), CKR_OK);
    session = next;
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_CloseSession(next), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(state() == CKS_RO_PUBLIC_SESSION);
}
BOOST_FIXTURE_TEST_CASE(An_unknown_card_is_met_once_and_remembered_as_unknown_until_it_leaves, Initialised) {
    own.recognised = false;
    CK_TOKEN_INFO info{};
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST(p11->C_GetTokenInfo(0, &info) == CKR_TOKEN_NOT_RECOGNIZED);
        BOOST_TEST(p11->C_GetMechanismList(0, nullptr, &count) == CKR_TOKEN_NOT_RECOGNIZED);
        CK_SESSION_HANDLE session = 0;
        BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) ==
                   CKR_TOKEN_NOT_RECOGNIZED);
    }
    BOOST_TEST(own.count("recognise") == 1U);
    own.recognised = true;
    own.pull();
    own.put_in();
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_TEST(p11->C_GetTokenInfo(0, &info) == CKR_OK);
}

BOOST_AUTO_TEST_SUITE_END()
