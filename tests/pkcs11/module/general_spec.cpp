// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Function lists, interfaces, slots and tokens, as a program meets them first.
#include "tests/pkcs11/module/fake_card.hpp"

#include <cstring>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

extern "C" {
CK_RV C_GetInterfaceList(CK_INTERFACE* list, CK_ULONG_PTR count);
CK_RV C_GetInterface(CK_UTF8CHAR_PTR name, CK_VERSION_PTR version, CK_INTERFACE** to, CK_FLAGS flags);
}

namespace {

CK_UTF8CHAR* text(const char* value) {
    return const_cast<CK_UTF8CHAR*>(reinterpret_cast<const CK_UTF8CHAR*>(value));
}

template <class List>
std::size_t null_pointers(const List& list) {
    std::size_t nulls = 0;
    const auto* at = reinterpret_cast<const unsigned char*>(&list) + sizeof(void*); // behind the version
    for (; at < reinterpret_cast<const unsigned char*>(&list + 1); at += sizeof(void*)) {
        void* pointer = nullptr;
        std::memcpy(&pointer, at, sizeof pointer);
        if (pointer == nullptr) ++nulls;
    }
    return nulls;
}

std::string field(const unsigned char* value, std::size_t size) {
    return {reinterpret_cast<const char*>(value), size};
}

} // namespace

BOOST_AUTO_TEST_SUITE(General)

BOOST_AUTO_TEST_CASE(The_old_list_says_2_40_and_has_no_hole) {
    CK_FUNCTION_LIST* list = nullptr;
    BOOST_REQUIRE_EQUAL(C_GetFunctionList(&list), CKR_OK);
    BOOST_TEST(list->version.major == 2);
    BOOST_TEST(list->version.minor == 40);
    BOOST_TEST(null_pointers(*list) == 0U);
    BOOST_TEST(C_GetFunctionList(nullptr) == CKR_ARGUMENTS_BAD);
}
BOOST_AUTO_TEST_CASE(There_are_exactly_two_interfaces_the_newer_first) {
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(C_GetInterfaceList(nullptr, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 2U);
    CK_INTERFACE list[2];
    count = 1;
    BOOST_TEST(C_GetInterfaceList(list, &count) == CKR_BUFFER_TOO_SMALL);
    BOOST_REQUIRE_EQUAL(C_GetInterfaceList(list, &count), CKR_OK);
    for (const auto& one : list) {
        BOOST_TEST(std::strcmp(reinterpret_cast<const char*>(one.pInterfaceName), "PKCS 11") == 0);
        BOOST_TEST(one.flags == 0U);
    }
    const auto& newer = *static_cast<const CK_FUNCTION_LIST_3_0*>(list[0].pFunctionList);
    BOOST_TEST(newer.v2.version.major == 3);
    BOOST_TEST(null_pointers(newer) == 0U);
    BOOST_TEST(static_cast<const CK_FUNCTION_LIST*>(list[1].pFunctionList)->version.major == 2);
}
BOOST_AUTO_TEST_CASE(An_interface_is_found_by_name_version_and_flags) {
    CK_INTERFACE* found = nullptr;
    BOOST_REQUIRE_EQUAL(C_GetInterface(nullptr, nullptr, &found, 0), CKR_OK);
    BOOST_TEST(static_cast<const CK_VERSION*>(found->pFunctionList)->major == 3);
    CK_VERSION old{2, 40};
    BOOST_REQUIRE_EQUAL(C_GetInterface(text("PKCS 11"), &old, &found, 0), CKR_OK);
    BOOST_TEST(static_cast<const CK_VERSION*>(found->pFunctionList)->major == 2);
    CK_VERSION future{3, 2};
    BOOST_TEST(C_GetInterface(text("PKCS 11"), &future, &found, 0) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(C_GetInterface(text("Vendor NSS FIPS Interface"), nullptr, &found, 0) == CKR_ARGUMENTS_BAD);
    BOOST_TEST(C_GetInterface(nullptr, nullptr, nullptr, 0) == CKR_ARGUMENTS_BAD);
}
BOOST_AUTO_TEST_CASE(Our_own_interface_is_there_for_who_asks_by_name) {
    CK_INTERFACE* found = nullptr;
    BOOST_REQUIRE_EQUAL(C_GetInterface(text(ACREDITA_INTERFACE_NAME), nullptr, &found, 0), CKR_OK);
    const auto& list = *static_cast<const CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList);
    BOOST_TEST(list.version.major == 1);
    BOOST_TEST(null_pointers(list) == 0U);
    // A program made for the first list is served by the present one, whose functions stand behind its.
    CK_VERSION first{1, 0}, future{1, 9};
    BOOST_TEST(C_GetInterface(text(ACREDITA_INTERFACE_NAME), &first, &found, 0) == CKR_OK);
    BOOST_TEST(C_GetInterface(text(ACREDITA_INTERFACE_NAME), &future, &found, 0) == CKR_ARGUMENTS_BAD);
}

BOOST_FIXTURE_TEST_CASE(Initialising_asks_nothing_of_reader_or_card, Initialised) {
    BOOST_TEST(own.asked.empty());
}

BOOST_FIXTURE_TEST_CASE(Slots_are_removable_hardware_and_keep_their_numbers, Initialised) {
    own.readers.push_back({.name = {"Reader B"}, .present = false});
    CK_SLOT_ID ids[4];
    CK_ULONG count = 4; // a buffer at the first call, as NSS does
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_FALSE, ids, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 2U);
    own.readers.pop_back();
    own.readers.push_back({.name = {"Reader C"}, .present = true, .events = 1});
    count = 4;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_FALSE, ids, &count), CKR_OK);
    BOOST_TEST(count == 3U);
    CK_SLOT_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(ids[1], &info), CKR_OK);
    BOOST_TEST(field(info.slotDescription, 8) == "Reader B");
    BOOST_TEST(info.flags == (CKF_REMOVABLE_DEVICE | CKF_HW_SLOT));
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(ids[2], &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_TOKEN_PRESENT) != 0U);
    BOOST_TEST(p11->C_GetSlotInfo(99, &info) == CKR_SLOT_ID_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_slot_known_from_a_configuration_is_there_without_asking_for_the_list, Initialised) {
    CK_SLOT_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_TOKEN_PRESENT) != 0U);
    BOOST_TEST(p11->C_GetSlotInfo(1, &info) == CKR_SLOT_ID_INVALID);
}
BOOST_FIXTURE_TEST_CASE(Without_a_service_there_are_no_slots_and_no_error, Initialised) {
    own.service = false;
    CK_ULONG count = 9;
    BOOST_TEST(p11->C_GetSlotList(CK_FALSE, nullptr, &count) == CKR_OK);
    BOOST_TEST(count == 0U);
}
BOOST_FIXTURE_TEST_CASE(Token_strings_are_padded_with_blanks_and_without_colon, Opened) {
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST(field(info.label, 32) == "Card- label                     ");
    BOOST_TEST(field(info.serialNumber, 16) == "0123456789ABCDEF");
    BOOST_TEST(info.ulRwSessionCount == 1U);
    const auto wanted = CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED | CKF_RNG;
    BOOST_TEST(info.flags == wanted);
}
BOOST_FIXTURE_TEST_CASE(Token_strings_are_the_same_whatever_becomes_of_the_PIN_and_in_any_session, Opened) {
    const auto strings = [&] {
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        return field(info.label, 32) + field(info.manufacturerID, 32) + field(info.model, 16) +
               field(info.serialNumber, 16);
    };
    const auto first = strings();
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_TEST(strings() == first);
    BOOST_TEST(login() == CKR_OK);
    BOOST_TEST(strings() == first);
    own.reset();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(strings() == first);
    own.readers.front().name.text = "Another reader 00 00"; // the card moves there
    CK_ULONG count = 2;
    CK_SLOT_ID slots[2] = {};
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 1U);
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(slots[0], &info), CKR_OK);
    BOOST_TEST(field(info.label, 32) + field(info.manufacturerID, 32) + field(info.model, 16) +
                   field(info.serialNumber, 16) ==
               first);
}
BOOST_FIXTURE_TEST_CASE(Token_info_is_asked_of_the_card_once, Opened) {
    CK_TOKEN_INFO info{};
    for (int i = 0; i < 5; ++i) BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST(own.count("identity") == 1U);
    BOOST_TEST(own.count("pin_status") == 1U);
}
BOOST_FIXTURE_TEST_CASE(An_unknown_card_is_asked_once_and_then_remembered_as_unknown, Initialised) {
    own.recognised = false;
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    CK_TOKEN_INFO info{};
    CK_SESSION_HANDLE session = 0;
    BOOST_TEST(p11->C_GetTokenInfo(0, &info) == CKR_TOKEN_NOT_RECOGNIZED);
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) ==
               CKR_TOKEN_NOT_RECOGNIZED);
    BOOST_TEST(own.count("recognise") == 1U);
    own.recognised = true;
    own.pull();
    own.put_in();
    BOOST_TEST(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(The_flags_of_the_PIN_follow_the_tries_left, Opened) {
    own.settings.guard_last_try = false;
    CK_TOKEN_INFO info{};
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_USER_PIN_COUNT_LOW) != 0U);
    BOOST_TEST((info.flags & CKF_USER_PIN_FINAL_TRY) == 0U);
    BOOST_TEST(login("111111") == CKR_PIN_INCORRECT);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_USER_PIN_FINAL_TRY) != 0U);
    BOOST_TEST(login("111111") == CKR_PIN_LOCKED);
    BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_USER_PIN_LOCKED) != 0U);
    BOOST_TEST(own.count("pin_status") == 0U); // the refusals said it all
}

BOOST_AUTO_TEST_SUITE_END()
