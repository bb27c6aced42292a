// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Beginning, end, and fork.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::test;

namespace {

int mutex_calls = 0;
CK_RV make_mutex(void**) { return ++mutex_calls, CKR_OK; }
CK_RV use_mutex(void*) { return ++mutex_calls, CKR_OK; }

// What the child makes of it, as its exit code; it leaves without handlers, which belong to the parent.
template <class F>
int in_child(F&& f) {
    const auto child = ::fork();
    if (child == 0) ::_exit(f() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(Lifecycle)

BOOST_FIXTURE_TEST_CASE(A_second_initialisation_is_refused_and_finalising_twice_too, Initialised) {
    BOOST_TEST(p11->C_Initialize(nullptr) == CKR_CRYPTOKI_ALREADY_INITIALIZED);
    int reserved = 0;
    BOOST_TEST(p11->C_Finalize(&reserved) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_OK);
    BOOST_TEST(p11->C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED);
    BOOST_TEST(p11->C_Initialize(nullptr) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(Mutex_callbacks_come_all_together_or_not_at_all, Initialised) {
    BOOST_REQUIRE_EQUAL(p11->C_Finalize(nullptr), CKR_OK);
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.CreateMutex = &make_mutex;
    BOOST_TEST(p11->C_Initialize(&arguments) == CKR_ARGUMENTS_BAD);
    arguments = {};
    arguments.DestroyMutex = arguments.LockMutex = arguments.UnlockMutex = &use_mutex;
    BOOST_TEST(p11->C_Initialize(&arguments) == CKR_ARGUMENTS_BAD);
    arguments = {};
    arguments.flags = CKF_OS_LOCKING_OK | CKF_LIBRARY_CANT_CREATE_OS_THREADS;
    BOOST_TEST(p11->C_Initialize(&arguments) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(Mutex_callbacks_are_accepted_with_any_flags_and_never_called, Initialised) {
    for (const CK_FLAGS flags : {CK_FLAGS{0}, CK_FLAGS{CKF_OS_LOCKING_OK},
                                 CK_FLAGS{CKF_OS_LOCKING_OK | CKF_LIBRARY_CANT_CREATE_OS_THREADS}}) {
        BOOST_REQUIRE_EQUAL(p11->C_Finalize(nullptr), CKR_OK);
        CK_C_INITIALIZE_ARGS arguments{};
        arguments.CreateMutex = &make_mutex;
        arguments.DestroyMutex = arguments.LockMutex = arguments.UnlockMutex = &use_mutex;
        arguments.flags = flags;
        BOOST_REQUIRE_EQUAL(p11->C_Initialize(&arguments), CKR_OK);
        arguments = {}; // the caller's own: nothing of it is kept
        CK_ULONG count = 0;
        CK_SESSION_HANDLE session = 0;
        BOOST_TEST(p11->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
        BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) == CKR_OK);
        BOOST_TEST(p11->C_CloseSession(session) == CKR_OK);
    }
    BOOST_TEST(mutex_calls == 0);
}
BOOST_FIXTURE_TEST_CASE(A_child_finds_nothing_initialised_and_may_initialise, Opened) {
    const auto code = in_child([&] {
        CK_SESSION_INFO info{};
        CK_ULONG count = 0;
        return p11->C_GetSessionInfo(session, &info) == CKR_CRYPTOKI_NOT_INITIALIZED &&
               p11->C_Initialize(nullptr) == CKR_OK &&
               p11->C_GetSlotList(CK_FALSE, nullptr, &count) == CKR_OK && count == 1 &&
               p11->C_GetSessionInfo(session, &info) == CKR_SESSION_HANDLE_INVALID &&
               p11->C_Finalize(nullptr) == CKR_OK;
    });
    BOOST_TEST(code == 0);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION); // the parent goes on
}
BOOST_FIXTURE_TEST_CASE(A_child_may_not_finalise_what_is_its_parents, Opened) {
    BOOST_TEST(in_child([&] { return p11->C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED; }) == 0);
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
}

BOOST_AUTO_TEST_SUITE_END()
