// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Many threads at the boundary at once; run under ThreadSanitizer this is the proof that the locks are where
// they have to be.
#include "tests/pkcs11/module/fake_card.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

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

BOOST_AUTO_TEST_SUITE_END()
