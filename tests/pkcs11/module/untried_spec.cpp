// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card whose profile rests on documents alone: read and used, and nothing changed on it before the
// administrator has confirmed the profile.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Untried : Opened {
    Untried() { meet(); }
    // The card is taken out, and one of this kind put in.
    void meet(std::vector<std::string> confirmed = {}) {
        own.untried = true;
        own.settings.confirmed = std::move(confirmed);
        own.pull();
        CK_SLOT_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(0, &info), CKR_OK);
        own.put_in();
        BOOST_REQUIRE_EQUAL(p11->C_GetSlotInfo(0, &info), CKR_OK);
        BOOST_REQUIRE_EQUAL(
            p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
    }
    CK_FLAGS flags() {
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(p11->C_GetTokenInfo(0, &info), CKR_OK);
        return info.flags;
    }
    CK_RV change() {
        unsigned char before[] = "123456", after[] = "654321";
        return p11->C_SetPIN(session, before, 6, after, 6);
    }
    CK_RV sign() {
        CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
        const auto key = find_one(CKO_PRIVATE_KEY);
        if (const auto rv = p11->C_SignInit(session, &mechanism, key); rv != CKR_OK) return rv;
        Bytes data(20), out(256);
        CK_ULONG size = out.size();
        return p11->C_Sign(session, data.data(), data.size(), out.data(), &size);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(UntriedProfile)

BOOST_FIXTURE_TEST_CASE(It_signs_and_is_announced_as_read_only, Untried) {
    own.give(0x9A, rsa_pair());
    BOOST_TEST((flags() & CKF_WRITE_PROTECTED) != 0U);
    BOOST_TEST(login() == CKR_OK);
    BOOST_TEST(sign() == CKR_OK);
}

BOOST_FIXTURE_TEST_CASE(Neither_its_PIN_nor_anything_else_is_changed, Untried) {
    BOOST_TEST(change() == CKR_TOKEN_WRITE_PROTECTED);
    own.tries = 0;
    BOOST_TEST(change() == CKR_TOKEN_WRITE_PROTECTED); // blocked: the old value would be the PUK
    own.tries = 3;
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_OK);
    unsigned char pin[] = "654321";
    BOOST_TEST(p11->C_InitPIN(session, pin, 6) == CKR_TOKEN_WRITE_PROTECTED);
    for (const auto* verb : {"change_pin", "unblock_pin", "set_pin_as_admin"})
        BOOST_TEST(own.count(verb) == 0U);
}

BOOST_FIXTURE_TEST_CASE(Its_holder_changes_a_PIN_whose_commands_a_standard_gives, Untried) {
    own.standard_pin = true;
    meet();
    BOOST_TEST((flags() & CKF_WRITE_PROTECTED) != 0U);
    BOOST_TEST(change() == CKR_OK);
    BOOST_TEST(login(admin_key, CKU_SO) == CKR_OK);
    unsigned char pin[] = "654321";
    BOOST_TEST(p11->C_InitPIN(session, pin, 6) == CKR_TOKEN_WRITE_PROTECTED); // no standard's
}

BOOST_FIXTURE_TEST_CASE(What_the_administrator_confirmed_is_like_any_other_card, Untried) {
    meet({"another", "fake"});
    BOOST_TEST((flags() & CKF_WRITE_PROTECTED) == 0U);
    BOOST_TEST(change() == CKR_OK);
}

BOOST_FIXTURE_TEST_CASE(Another_profile_that_was_confirmed_is_another, Untried) {
    meet({"fak", "fake-2"});
    BOOST_TEST(change() == CKR_TOKEN_WRITE_PROTECTED);
}

BOOST_AUTO_TEST_SUITE_END()
