// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Many threads at the boundary at once; run under ThreadSanitizer this is the proof that the locks are where
// they have to be.
#include "tests/pkcs11/module/fake_card.hpp"

#include <algorithm>
#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

// Logged in on a card with a key, ready to sign in any session.
struct Signing : Opened {
    Signing() {
        own.give(0x9A, rsa_pair());
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        key = find_one(CKO_PRIVATE_KEY);
    }
    ~Signing() { release(); }
    Signing(const Signing&) = delete;
    Signing& operator=(const Signing&) = delete;

    CK_RV sign_in(CK_SESSION_HANDLE mine, CK_OBJECT_HANDLE with) const {
        CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS, nullptr, 0};
        if (const auto rv = p11->C_SignInit(mine, &mechanism, with); rv != CKR_OK) return rv;
        Bytes data{1, 2, 3}, out(256);
        CK_ULONG size = out.size();
        const auto rv = p11->C_Sign(mine, data.data(), data.size(), out.data(), &size);
        return rv == CKR_OK && !rsa_pair().verifies(data, out, "SHA256") ? CKR_GENERAL_ERROR : rv;
    }
    CK_SESSION_HANDLE another_session(CK_SLOT_ID slot = 0) const {
        CK_SESSION_HANDLE mine = 0;
        BOOST_REQUIRE_EQUAL(p11->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &mine), CKR_OK);
        return mine;
    }
    // A thread whose signature the card does not finish until release().
    void keep_busy() {
        own.thinks = true;
        busy = std::thread([this] { outcome = sign_in(session, key); });
        while (!own.thinking) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    void release() {
        own.thinks = false;
        if (busy.joinable()) busy.join();
    }
    CK_OBJECT_HANDLE key = 0;
    std::atomic<CK_RV> outcome{CKR_GENERAL_ERROR};
    std::thread busy{};
};

} // namespace

BOOST_AUTO_TEST_SUITE(Threads)

BOOST_FIXTURE_TEST_CASE(Of_many_initialisations_at_once_exactly_one_succeeds, Initialised) {
    for (int round = 0; round < 50; ++round) {
        BOOST_REQUIRE_EQUAL(p11->C_Finalize(nullptr), CKR_OK);
        std::atomic<int> won{0}, late{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                const auto rv = p11->C_Initialize(nullptr);
                if (rv == CKR_OK) ++won;
                if (rv == CKR_CRYPTOKI_ALREADY_INITIALIZED) ++late;
            });
        for (auto& thread : threads) thread.join();
        BOOST_TEST(won == 1);
        BOOST_TEST(late == 7);
    }
}
BOOST_FIXTURE_TEST_CASE(Threads_sign_on_one_card_while_others_ask_for_information, Opened) {
    own.give(0x9A, rsa_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    const auto key = find_one(CKO_PRIVATE_KEY);
    std::atomic<int> wrong{0};
    const auto signing = [&] {
        CK_SESSION_HANDLE mine = 0;
        if (p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &mine) != CKR_OK) ++wrong;
        for (int i = 0; i < 20; ++i) {
            CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS, nullptr, 0};
            Bytes data{1, 2, 3}, out(256);
            CK_ULONG size = out.size();
            if (p11->C_SignInit(mine, &mechanism, key) != CKR_OK ||
                p11->C_Sign(mine, data.data(), data.size(), out.data(), &size) != CKR_OK ||
                !rsa_pair().verifies(data, out, "SHA256"))
                ++wrong;
        }
        if (p11->C_CloseSession(mine) != CKR_OK) ++wrong;
    };
    const auto asking = [&] {
        for (int i = 0; i < 200; ++i) {
            CK_SLOT_INFO slot{};
            CK_TOKEN_INFO token{};
            CK_SESSION_INFO info{};
            if (p11->C_GetSlotInfo(0, &slot) != CKR_OK || p11->C_GetTokenInfo(0, &token) != CKR_OK ||
                p11->C_GetSessionInfo(session, &info) != CKR_OK)
                ++wrong;
        }
    };
    std::vector<std::thread> threads;
    threads.emplace_back(signing);
    threads.emplace_back(signing);
    threads.emplace_back(asking);
    threads.emplace_back(asking);
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
}
BOOST_FIXTURE_TEST_CASE(A_card_that_comes_and_goes_under_many_threads_gives_errors_and_nothing_worse,
                        Initialised) {
    own.give(0x9A, rsa_pair());
    std::atomic<bool> done{false};
    const auto using_it = [&] {
        while (!done) {
            CK_SLOT_ID ids[4];
            CK_ULONG count = 4;
            (void)p11->C_GetSlotList(CK_TRUE, ids, &count);
            CK_SESSION_HANDLE mine = 0;
            if (p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &mine) != CKR_OK) continue;
            unsigned char pin[] = "123456";
            (void)p11->C_Login(mine, CKU_USER, pin, 6);
            CK_OBJECT_HANDLE found[8];
            if (p11->C_FindObjectsInit(mine, nullptr, 0) == CKR_OK) {
                (void)p11->C_FindObjects(mine, found, 8, &count);
                (void)p11->C_FindObjectsFinal(mine);
            }
            (void)p11->C_CloseSession(mine);
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(using_it);
    for (int i = 0; i < 50; ++i) {
        own.pull();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        own.put_in();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    done = true;
    for (auto& thread : threads) thread.join();
    CK_SESSION_HANDLE last = 0;
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &last) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(What_is_known_is_told_while_another_thread_keeps_the_card_busy, Signing) {
    keep_busy();
    CK_SLOT_INFO slot{};
    CK_TOKEN_INFO token{};
    CK_SESSION_INFO info{};
    CK_MECHANISM_INFO mechanism{};
    CK_ULONG count = 0;
    BOOST_TEST(p11->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
    BOOST_TEST(p11->C_GetSlotInfo(0, &slot) == CKR_OK);
    BOOST_TEST(p11->C_GetTokenInfo(0, &token) == CKR_OK);
    BOOST_TEST(token.ulSessionCount == 1U);
    BOOST_TEST(p11->C_GetSessionInfo(session, &info) == CKR_OK);
    BOOST_TEST(info.state == CKS_RW_USER_FUNCTIONS);
    BOOST_TEST(p11->C_GetMechanismList(0, nullptr, &count) == CKR_OK);
    BOOST_TEST(p11->C_GetMechanismInfo(0, CKM_RSA_PKCS, &mechanism) == CKR_OK);
    BOOST_TEST(own.thinking); // all of it meanwhile
    release();
    BOOST_TEST(outcome == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(A_card_in_another_reader_is_used_meanwhile, Signing) {
    {
        const std::scoped_lock lock(own.mutex);
        own.readers.push_back({.name = {"Reader 01 00"}, .present = true, .events = 1, .atr = {0x3B, 0x00}});
    }
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 2U);
    keep_busy();
    const auto first = session;
    session = another_session(1);
    BOOST_TEST(login() == CKR_OK);
    BOOST_TEST(sign_in(session, find_one(CKO_PRIVATE_KEY)) == CKR_OK);
    BOOST_TEST(own.thinking);
    session = first;
    release();
    BOOST_TEST(outcome == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(A_call_that_waits_for_a_busy_card_gives_up_and_the_next_one_succeeds, Signing) {
    own.budget.queue = std::chrono::milliseconds(50);
    const auto mine = another_session();
    keep_busy();
    BOOST_TEST(sign_in(mine, key) == CKR_DEVICE_ERROR);
    BOOST_TEST(own.thinking);
    release();
    BOOST_TEST(outcome == CKR_OK);
    BOOST_TEST(sign_in(mine, key) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(A_program_that_keeps_the_card_costs_its_callers_an_error_and_nothing_else, Signing) {
    own.budget.others = std::chrono::milliseconds(30);
    std::vector<CK_SESSION_HANDLE> sessions;
    for (int i = 0; i < 4; ++i) sessions.push_back(another_session());
    own.held_elsewhere = true;
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (const auto mine : sessions)
        threads.emplace_back([&, mine] { refused += sign_in(mine, key) == CKR_DEVICE_ERROR ? 1 : 0; });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(refused == 4);
    own.held_elsewhere = false;
    for (const auto mine : sessions) BOOST_TEST(sign_in(mine, key) == CKR_OK); // still logged in
}
BOOST_FIXTURE_TEST_CASE(Finalising_under_threads_that_sign_lets_each_finish_or_hear_of_it, Signing) {
    std::vector<CK_SESSION_HANDLE> sessions;
    for (int i = 0; i < 4; ++i) sessions.push_back(another_session());
    std::atomic<int> signatures{0}, wrong{0};
    std::vector<std::thread> threads;
    for (const auto mine : sessions)
        threads.emplace_back([&, mine] {
            for (;;) {
                const auto rv = sign_in(mine, key);
                signatures += rv == CKR_OK ? 1 : 0;
                if (rv == CKR_OK) continue;
                wrong += rv == CKR_CRYPTOKI_NOT_INITIALIZED ? 0 : 1;
                return;
            }
        });
    while (signatures < 20) std::this_thread::yield();
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_OK);
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
}
BOOST_FIXTURE_TEST_CASE(Eight_threads_that_initialise_use_and_finalise_meet_nothing_but_each_others_states,
                        Initialised) {
    std::atomic<int> wrong{0};
    const auto one_of = [&](CK_RV rv, std::initializer_list<CK_RV> fine) {
        wrong += std::ranges::find(fine, rv) == fine.end() ? 1 : 0;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 100; ++round) {
                CK_ULONG count = 0;
                CK_SESSION_HANDLE mine = 0;
                one_of(p11->C_Initialize(nullptr), {CKR_OK, CKR_CRYPTOKI_ALREADY_INITIALIZED});
                one_of(p11->C_GetSlotList(CK_TRUE, nullptr, &count), {CKR_OK, CKR_CRYPTOKI_NOT_INITIALIZED});
                one_of(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &mine),
                       {CKR_OK, CKR_CRYPTOKI_NOT_INITIALIZED});
                one_of(p11->C_Finalize(nullptr), {CKR_OK, CKR_CRYPTOKI_NOT_INITIALIZED});
            }
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
    (void)p11->C_Initialize(nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
