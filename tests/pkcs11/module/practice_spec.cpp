// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module in front of cards that behave like each firmware, and cards that leave.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <cstring>
#include <thread>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

const auto message = as_bytes("the letter of the office");

CK_ULONG tries(LoadedModule& module) {
    CK_ULONG value = 99;
    const auto left = module.attribute(module.find(CKO_ACREDITA_CARD).front(), CKA_ACREDITA_PIN_TRIES_LEFT);
    if (left && left->size() == sizeof value) std::memcpy(&value, left->data(), sizeof value);
    return value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(PracticeCards)

PRACTICE_CASE(Every_firmware_that_imports_stores_RSA_and_P256_and_signs_with_them) {
    const Practice practice({"piv:serial=330,firmware=4.3", "piv:serial=331", "piv:serial=332,firmware=5.7",
                             "piv:serial=333,firmware=pivapplet"});
    for (std::size_t card = 0; card < 4; ++card) {
        for (const auto* pair : {&office_pair(), &ec_pair()}) {
            LoadedModule module;
            module.open(CKF_SERIAL_SESSION | CKF_RW_SESSION, card);
            // The newest firmware comes with the same key under another cipher; both are tried by the module
            // itself.
            BOOST_REQUIRE_EQUAL(module.login(factory_admin_key, CKU_SO), CKR_OK);
            BOOST_REQUIRE_EQUAL(module.store_certificate(*pair), CKR_OK);
            BOOST_REQUIRE_EQUAL(module.store_key(*pair), CKR_OK);
            module.fresh();
            module.open(CKF_SERIAL_SESSION, card);
            BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
            const auto id = id_of(*pair);
            const auto keys = module.find(CKO_PRIVATE_KEY, &id);
            BOOST_REQUIRE_EQUAL(keys.size(), 1U);
            Bytes signature;
            BOOST_TEST(module.sign(keys.front(), *pair, message, signature) == CKR_OK, card);
            BOOST_TEST(pair->verifies(message, signature, "SHA256"), card);
        }
    }
}
PRACTICE_CASE(Mechanisms_have_the_sizes_of_the_firmware_in_the_reader) {
    const Practice practice(
        {"piv:serial=340,firmware=4.3", "piv:serial=341,firmware=5.4", "piv:serial=342,firmware=5.7"});
    LoadedModule module;
    const CK_ULONG longest[] = {2048, 2048, 4096};
    for (CK_SLOT_ID slot = 0; slot < 3; ++slot)
        for (const CK_MECHANISM_TYPE type : {CKM_RSA_PKCS, CKM_SHA256_RSA_PKCS, CKM_RSA_PKCS_KEY_PAIR_GEN}) {
            CK_MECHANISM_INFO info{};
            BOOST_REQUIRE_EQUAL(module.p11->C_GetMechanismInfo(slot, type, &info), CKR_OK);
            BOOST_TEST(info.ulMaxKeySize == longest[slot], slot);
            BOOST_TEST((info.flags & CKF_HW) != 0U);
        }
}
PRACTICE_CASE(A_person_with_the_PIN_enrols_where_the_administration_key_is_public_and_touches_nothing_older) {
    const Practice practice({"piv:serial=343"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    CK_ULONG bits = 2048;
    CK_BBOOL yes = CK_TRUE;
    unsigned char id[] = "1";
    CK_ATTRIBUTE public_half[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}};
    CK_ATTRIBUTE private_half[] = {{CKA_TOKEN, &yes, sizeof yes}, {CKA_ID, id, 1}};
    CK_OBJECT_HANDLE made[2] = {};
    BOOST_REQUIRE_EQUAL(module.p11->C_GenerateKeyPair(module.session, &mechanism, public_half, 1,
                                                      private_half, 2, &made[0], &made[1]),
                        CKR_OK);
    BOOST_TEST((module.attribute(made[0], CKA_ID) == Bytes{'1'}));
    BOOST_TEST((module.attribute(made[1], CKA_ID) == Bytes{'1'}));
    BOOST_TEST((module.attribute(made[1], CKA_LOCAL) == Bytes{CK_TRUE}));
    const auto certificate = module.find(CKO_CERTIFICATE);
    BOOST_REQUIRE_EQUAL(certificate.size(), 1U);
    BOOST_TEST(module.p11->C_DestroyObject(module.session, certificate.front()) == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(module.store_key(ec_pair()) == CKR_USER_NOT_LOGGED_IN);
    BOOST_TEST(module.p11->C_DestroyObject(module.session, made[1]) == CKR_OK);
    BOOST_TEST(module.p11->C_DestroyObject(module.session, made[0]) == CKR_OK);
    BOOST_TEST(module.find(CKO_CERTIFICATE).size() == 1U);
    BOOST_TEST(module.find(CKO_PRIVATE_KEY).size() == 1U);
}
PRACTICE_CASE(A_card_without_import_says_so_before_any_secret) {
    const Practice practice({"piv:serial=311,firmware=noimport"});
    LoadedModule module;
    module.open();
    const auto card = module.find(CKO_ACREDITA_CARD).front();
    BOOST_TEST((module.attribute(card, CKA_ACREDITA_CAN_IMPORT) == Bytes{CK_FALSE}));
    BOOST_TEST(!module.attribute(card, CKA_ACREDITA_STORE_ROLE).has_value());
}
PRACTICE_CASE(Unknown_and_mute_cards_are_not_recognised_and_an_empty_reader_is_a_slot) {
    const Practice practice({"unknown", "mute", "none"});
    LoadedModule module;
    CK_SLOT_ID slots[4];
    CK_ULONG count = 4;
    BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_FALSE, slots, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(count, 3U);
    CK_TOKEN_INFO info{};
    BOOST_TEST(module.p11->C_GetTokenInfo(slots[0], &info) == CKR_TOKEN_NOT_RECOGNIZED);
    BOOST_TEST(module.p11->C_GetTokenInfo(slots[1], &info) == CKR_TOKEN_NOT_RECOGNIZED);
    BOOST_TEST(module.p11->C_GetTokenInfo(slots[2], &info) == CKR_TOKEN_NOT_PRESENT);
}
PRACTICE_CASE(Wrong_PINs_are_counted_exactly_and_the_PUK_unblocks) {
    const Practice practice({"piv:serial=312"});
    LoadedModule module;
    module.open();
    BOOST_TEST(tries(module) == 3U);
    BOOST_TEST(module.login("111111") == CKR_PIN_INCORRECT);
    BOOST_TEST(tries(module) == 2U);
    BOOST_TEST(module.login("11") == CKR_PIN_INCORRECT);
    BOOST_TEST(tries(module) == 2U);
    BOOST_TEST(module.login("111111") == CKR_PIN_INCORRECT);
    (void)practice.take_exchanges();
    BOOST_TEST(module.login("111111") == CKR_PIN_LOCKED); // not sent: the last try is a person's to spend
    BOOST_TEST(practice.take_exchanges() == 0U);
    CK_TOKEN_INFO info{};
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_USER_PIN_LOCKED) == 0U);
    BOOST_TEST((info.flags & CKF_USER_PIN_FINAL_TRY) != 0U);
    BOOST_TEST(module.verify_pin("111111") == CKR_PIN_LOCKED); // as a program of ours does after a yes
    BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(0, &info), CKR_OK);
    BOOST_TEST((info.flags & CKF_USER_PIN_LOCKED) != 0U);
    unsigned char puk[] = "12345678", pin[] = "654321";
    BOOST_TEST(module.p11->C_SetPIN(module.session, puk, 8, pin, 6) == CKR_OK);
    BOOST_TEST(module.login("654321") == CKR_OK);
}
PRACTICE_CASE(A_pulled_card_ends_the_session_and_the_same_card_is_found_again) {
    Practice practice({"piv:serial=313"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto key = module.find(CKO_PRIVATE_KEY).front();
    BOOST_REQUIRE(practice->remove(0).has_value());
    CK_SLOT_ID changed = 9;
    BOOST_TEST(module.p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &changed, nullptr) !=
               CKR_CRYPTOKI_NOT_INITIALIZED);
    Bytes signature;
    const auto rv = module.sign(key, office_pair(), message, signature);
    BOOST_TEST((rv == CKR_DEVICE_REMOVED || rv == CKR_SESSION_HANDLE_INVALID));
    BOOST_REQUIRE(practice->insert(0).has_value());
    for (int i = 0; i < 100; ++i) {
        CK_SLOT_INFO info{};
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotInfo(0, &info), CKR_OK);
        if ((info.flags & CKF_TOKEN_PRESENT) != 0) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    BOOST_TEST(module.sign(key, office_pair(), message, signature) == CKR_SESSION_HANDLE_INVALID);
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    BOOST_TEST(module.sign(module.find(CKO_PRIVATE_KEY).front(), office_pair(), message, signature) ==
               CKR_OK);
}
PRACTICE_CASE(A_card_torn_out_in_the_middle_gives_a_clear_code_and_costs_no_PIN_try) {
    const Practice practice({"piv:serial=314"});
    LoadedModule module;
    module.load_card(office_pair());
    for (std::uint64_t at = 1; at <= 5; ++at) {
        module.fresh();
        (void)practice.take_exchanges();
        BOOST_REQUIRE(practice->tear_at(0, practice::Tear{.exchange = at}).has_value());
        CK_SLOT_ID slots[4];
        CK_ULONG count = 4;
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
        auto rv = module.p11->C_OpenSession(slots[0], CKF_SERIAL_SESSION, nullptr, nullptr, &module.session);
        if (rv == CKR_OK) rv = module.login();
        if (rv == CKR_OK) {
            CK_ATTRIBUTE none{};
            rv = module.p11->C_FindObjectsInit(module.session, &none, 0);
        }
        BOOST_TEST((rv == CKR_OK || rv == CKR_DEVICE_REMOVED || rv == CKR_TOKEN_NOT_PRESENT),
                   at << ": " << rv);
        BOOST_REQUIRE(practice->tear_at(0, std::nullopt).has_value());
        for (int i = 0; i < 150; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            count = 4;
            BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
            CK_TOKEN_INFO info{}; // pcscd may know of the card before it has woken it
            if (count == 1 && module.p11->C_GetTokenInfo(slots[0], &info) == CKR_OK) break;
        }
        module.open();
        BOOST_TEST(tries(module) == 3U, at);
    }
}
PRACTICE_CASE(pcscd_may_be_restarted_under_the_module) {
    Practice practice({"piv:serial=315"});
    LoadedModule module;
    module.load_card(office_pair());
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    BOOST_REQUIRE(practice->kill_pcscd().has_value());
    CK_ULONG count = 9;
    BOOST_TEST(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count) == CKR_OK);
    BOOST_TEST(count == 0U);
    BOOST_REQUIRE(practice->start_pcscd().has_value());
    for (int i = 0; i < 150 && count != 1; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        BOOST_REQUIRE_EQUAL(module.p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    }
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    Bytes signature;
    BOOST_TEST(module.sign(module.find(CKO_PRIVATE_KEY).front(), office_pair(), message, signature) ==
               CKR_OK);
}

BOOST_AUTO_TEST_SUITE_END()
