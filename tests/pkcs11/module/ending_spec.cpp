// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Programs that end, unload the module, or fork, with everything open.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/caller.hpp"
#include "tests/support/practice.hpp"

#include <thread>

using namespace acredita;
using namespace acredita::test;

namespace {

Ran ending(const std::string& way) { return run("timeout 60 '" ENDING_HOST "' '" MODULE_FILE "' " + way); }

} // namespace

BOOST_AUTO_TEST_SUITE(Ending)

PRACTICE_CASE(The_module_can_be_called_from_an_exit_handler_older_than_itself) {
    const Practice practice({"piv:serial=541"});
    const auto ran = ending("exit-handler");
    BOOST_TEST(ran.code == 0, ran.output);
}
PRACTICE_CASE(A_program_may_end_while_one_of_its_threads_waits_in_the_module) {
    const Practice practice({"piv:serial=542"});
    const auto ran = ending("exit-waiting");
    BOOST_TEST(ran.code == 0, ran.output);
}
PRACTICE_CASE(The_module_may_be_unloaded_under_a_waiter_and_loaded_again) {
    const Practice practice({"piv:serial=543"});
    const auto ran = ending("unload-waiting");
    BOOST_TEST(ran.code == 0, ran.output);
}
PRACTICE_CASE(A_child_has_a_library_of_its_own_and_the_parents_session_and_login_are_untouched) {
    const Practice practice({"piv:serial=544"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto key = module.find(CKO_PRIVATE_KEY).front();
    Bytes signature;
    BOOST_REQUIRE_EQUAL(module.sign(key, office_pair(), as_bytes("before"), signature), CKR_OK);
    const auto child = ::fork();
    if (child == 0) {
        auto* p11 = module.p11;
        CK_SESSION_INFO info{};
        CK_SLOT_ID slot = 0;
        CK_ULONG count = 1;
        const bool fine = p11->C_GetSessionInfo(module.session, &info) == CKR_CRYPTOKI_NOT_INITIALIZED &&
                          p11->C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED &&
                          p11->C_Initialize(nullptr) == CKR_OK &&
                          p11->C_GetSessionInfo(module.session, &info) == CKR_SESSION_HANDLE_INVALID &&
                          p11->C_GetSlotList(CK_TRUE, &slot, &count) == CKR_OK && count == 1 &&
                          p11->C_Finalize(nullptr) == CKR_OK;
        ::_exit(fine ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
    BOOST_TEST(module.sign(key, office_pair(), as_bytes("after"), signature) == CKR_OK);
    BOOST_TEST(office_pair().verifies(as_bytes("after"), signature, "SHA256"));
}
// ThreadSanitizer does not follow a thread of a child whose parent has threads, and SCardConnect is one.
#if !defined(__SANITIZE_THREAD__)
PRACTICE_CASE(A_child_that_uses_the_card_itself_takes_no_more_than_the_login) {
    const Practice practice({"piv:serial=545"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto key = module.find(CKO_PRIVATE_KEY).front();
    const auto child = ::fork();
    if (child == 0) {
        auto* p11 = module.p11;
        CK_SLOT_ID slot = 0;
        CK_ULONG count = 1;
        CK_SESSION_HANDLE mine = 0;
        unsigned char pin[] = "123456";
        const bool fine =
            p11->C_Initialize(nullptr) == CKR_OK && p11->C_GetSlotList(CK_TRUE, &slot, &count) == CKR_OK &&
            p11->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &mine) == CKR_OK &&
            p11->C_Login(mine, CKU_USER, pin, 6) == CKR_OK && p11->C_Finalize(nullptr) == CKR_OK;
        ::_exit(fine ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(status == 0);
    Bytes signature;
    const auto rv = module.sign(key, office_pair(), as_bytes("after"), signature);
    BOOST_TEST((rv == CKR_OK || rv == CKR_USER_NOT_LOGGED_IN), rv);
    const auto again = module.login();
    BOOST_TEST((again == CKR_OK || again == CKR_USER_ALREADY_LOGGED_IN), again);
    BOOST_TEST(module.sign(key, office_pair(), as_bytes("after"), signature) == CKR_OK);
}
#endif
PRACTICE_CASE(A_fork_while_other_threads_sign_leaves_the_child_an_end_and_the_threads_their_work) {
    const Practice practice({"piv:serial=546"});
    const std::vector<const KeyPair*> known{&office_pair()};
    load_cards(known);
    LoadedModule module;
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    Notes notes;
    std::atomic<bool> done{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i)
        threads.emplace_back([&] {
            Caller mine(module.p11, notes);
            auto rv = mine.open(0);
            if (rv == CKR_OK) rv = mine.login();
            if (rv == CKR_OK) rv = mine.find_key(known);
            while (rv == CKR_OK && !done) rv = mine.sign();
            if (rv != CKR_OK) notes.fault("ended with " + std::to_string(rv));
        });
    while (notes.signatures < 5) std::this_thread::yield();
    for (int i = 0; i < 20; ++i) {
        const auto child = ::fork();
        if (child == 0) {
            CK_INFO info{};
            const bool fine = module.p11->C_GetInfo(&info) == CKR_CRYPTOKI_NOT_INITIALIZED &&
                              module.p11->C_Initialize(nullptr) == CKR_OK &&
                              module.p11->C_GetInfo(&info) == CKR_OK &&
                              module.p11->C_Finalize(nullptr) == CKR_OK;
            ::_exit(fine ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        BOOST_TEST(status == 0);
    }
    done = true;
    for (auto& thread : threads) thread.join();
    const auto report = notes.take();
    BOOST_TEST(report.faults == 0);
    BOOST_TEST(report.signatures > 0);
}

BOOST_AUTO_TEST_SUITE_END()
