// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every function with every argument wrong, one at a time: first whether the library is initialised, then the
// arguments, then the session or the slot, and only then what the function is about. All calls are made from
// the table in every_function.cpp.
#include "tests/pkcs11/module/every_function.hpp"
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

constexpr unsigned long no_session = 0x7777;
constexpr unsigned long absurd = ~0UL - 1;

unsigned long address(void* pointer) { return reinterpret_cast<unsigned long>(pointer); }

// Memory for any structure and arguments that are right as far as pointers go.
struct Call {
    explicit Call(const Function& function, unsigned long session, unsigned long slot) {
        for (const auto letter : function.shape) {
            at.push_back(arguments.size());
            switch (letter) {
            case 's':
                arguments.push_back(session);
                break;
            case 'i':
                arguments.push_back(slot);
                break;
            case 'h':
            case 'v':
            case 'n':
                arguments.push_back(letter == 'v' ? 1 : 0);
                break;
            case 'r':
                arguments.push_back(address(memory));
                break;
            case 'm':
                arguments.push_back(address(&mechanism));
                break;
            case 'd':
                arguments.insert(arguments.end(), {address(memory), 4});
                break;
            case 't':
                arguments.insert(arguments.end(), {address(&attribute), 1});
                break;
            case 'o':
            case 'l':
                arguments.insert(arguments.end(), {address(memory), address(&room)});
                break;
            case 'w':
                arguments.insert(arguments.end(), {address(&wanted), 1});
                break;
            case 'f':
                arguments.insert(arguments.end(), {address(memory), 2});
                break;
            default:
                BOOST_FAIL("no such kind of argument");
            }
        }
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    alignas(16) unsigned char memory[4096] = {};
    CK_ULONG room = sizeof memory / sizeof(CK_ULONG);
    CK_OBJECT_CLASS kind = CKO_DATA;
    CK_MECHANISM mechanism{0x7FFFFFFF, nullptr, 0};
    CK_ATTRIBUTE attribute{CKA_CLASS, &kind, sizeof kind};
    CK_ATTRIBUTE wanted{CKA_CLASS, memory, sizeof memory};
    Arguments arguments{};
    std::vector<std::size_t> at{}; // where each letter's arguments begin
};

// One call for each pointer that must not be NULL and for each length that cannot be.
template <class F>
void with_each_mistake(const Function& function, unsigned long session, F&& judge) {
    const auto broken = [&](std::size_t which, auto... changes) {
        Call call(function, session, 0);
        const auto put = [&](std::size_t offset, unsigned long value) {
            call.arguments[call.at[which] + offset] = value;
        };
        (put(changes.first, changes.second), ...);
        judge(function.call(call.arguments), which);
    };
    using Change = std::pair<std::size_t, unsigned long>;
    for (std::size_t i = 0; i < function.shape.size(); ++i) switch (function.shape[i]) {
        case 'r':
        case 'm':
            broken(i, Change{0, 0});
            break;
        case 'd':
        case 't':
        case 'w':
            broken(i, Change{0, 0});
            broken(i, Change{1, absurd});
            break;
        case 'f':
            broken(i, Change{0, 0});
            break;
        case 'o':
        case 'l':
            broken(i, Change{1, 0});
            break;
        default:
            break;
        }
}

} // namespace

BOOST_AUTO_TEST_SUITE(Arguments)

BOOST_AUTO_TEST_CASE(Before_initialisation_every_function_says_so_whatever_it_is_given) {
    for (const auto& function : every_function()) {
        Call call(function, no_session, 99);
        BOOST_TEST(function.call(call.arguments) == CKR_CRYPTOKI_NOT_INITIALIZED, function.name);
        const std::size_t size = call.arguments.size();
        BOOST_TEST(function.call(test::Arguments(size, 0)) == CKR_CRYPTOKI_NOT_INITIALIZED, function.name);
        BOOST_TEST(function.call(test::Arguments(size, absurd)) == CKR_CRYPTOKI_NOT_INITIALIZED,
                   function.name);
    }
}
BOOST_FIXTURE_TEST_CASE(Every_NULL_and_every_absurd_length_is_a_bad_argument_before_the_session_is_looked_at,
                        Opened) {
    for (const auto& function : every_function())
        for (const auto handle : {no_session, session})
            with_each_mistake(function, handle, [&](CK_RV rv, std::size_t which) {
                BOOST_TEST(rv == CKR_ARGUMENTS_BAD, function.name << ", argument " << which << ": " << rv);
            });
}
BOOST_FIXTURE_TEST_CASE(A_session_or_slot_that_is_none_is_told_before_anything_of_the_function, Opened) {
    for (const auto& function : every_function()) {
        const auto first = function.shape.front();
        if (first != 's' && first != 'i') continue;
        for (const auto handle : {0UL, no_session, absurd}) {
            if (first == 'i' && handle == 0) continue;
            Call call(function, handle, handle);
            BOOST_TEST(function.call(call.arguments) ==
                           (first == 's' ? CKR_SESSION_HANDLE_INVALID : CKR_SLOT_ID_INVALID),
                       function.name);
        }
    }
}
BOOST_FIXTURE_TEST_CASE(With_right_arguments_and_a_session_no_answer_is_left_out_and_nothing_crashes,
                        Opened) {
    // The whole list of what is not supported; all else says what is wrong with the call, or does it.
    const std::set<std::string_view> unsupported{
        "C_GenerateKey",         "C_WrapKey",           "C_UnwrapKey",          "C_DigestEncryptUpdate",
        "C_DecryptDigestUpdate", "C_SignEncryptUpdate", "C_DecryptVerifyUpdate"};
    for (const auto& function : every_function()) {
        if (function.name == "C_CloseSession" || function.name == "C_CloseAllSessions") continue;
        Call call(function, session, 0);
        const auto rv = function.call(call.arguments);
        BOOST_TEST((rv == CKR_FUNCTION_NOT_SUPPORTED) ==
                       (function.message || unsupported.contains(function.name)),
                   function.name << ": " << rv);
        BOOST_TEST(rv != CKR_GENERAL_ERROR, function.name);
        own.tries = 3; // of the PIN and the PUK, for the next function
        own.puk_tries = 3;
    }
}
BOOST_FIXTURE_TEST_CASE(A_template_with_a_NULL_value_or_an_absurd_length_is_a_bad_argument, Opened) {
    CK_ATTRIBUTE wrong[] = {{CKA_LABEL, nullptr, 4}, {CKA_LABEL, &session, absurd}};
    CK_OBJECT_HANDLE made = 0;
    for (auto& item : wrong) {
        BOOST_TEST(p11->C_CreateObject(session, &item, 1, &made) == CKR_ARGUMENTS_BAD);
        BOOST_TEST(p11->C_FindObjectsInit(session, &item, 1) == CKR_ARGUMENTS_BAD);
        BOOST_TEST(p11->C_SetAttributeValue(session, 1, &item, 1) == CKR_ARGUMENTS_BAD);
    }
}

BOOST_AUTO_TEST_SUITE_END()
