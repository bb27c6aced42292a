// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The module in front of a card with a file system: what a PIN alone may do on it, and how it gets its first
// PIN.
#include "tests/pkcs11/module/alone.hpp"
#include "tests/pkcs11/module/loaded_module.hpp"
#include "tests/support/practice.hpp"

#include <cstring>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

const auto message = as_bytes("the letter of the office");

void signs(LoadedModule& module, const KeyPair& pair) {
    const auto id = id_of(pair);
    const auto keys = module.find(CKO_PRIVATE_KEY, &id);
    BOOST_REQUIRE_EQUAL(keys.size(), 1U);
    for (int n = 0; n < 2; ++n) { // the second time the card is not told the key again
        Bytes signature;
        BOOST_TEST(module.sign(keys.front(), pair, message, signature) == CKR_OK);
        BOOST_TEST(pair.verifies(message, signature, "SHA256"));
    }
}

CK_RV generate(LoadedModule& module, std::pair<CK_OBJECT_HANDLE, CK_OBJECT_HANDLE>& made) {
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    CK_ULONG bits = 2048;
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE public_half[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}};
    CK_ATTRIBUTE private_half[] = {{CKA_TOKEN, &yes, sizeof yes}};
    return module.p11->C_GenerateKeyPair(module.session, &mechanism, public_half, 1, private_half, 1,
                                         &made.first, &made.second);
}

} // namespace

BOOST_AUTO_TEST_SUITE(IsoAppletCards)

PRACTICE_CASE(A_PIN_is_enough_to_store_sign_and_delete) {
    const Practice practice({"isoapplet:version=0,serial=420", "isoapplet:version=1,serial=421"});
    for (std::size_t card = 0; card < 2; ++card) {
        LoadedModule module;
        module.open(CKF_SERIAL_SESSION | CKF_RW_SESSION, card);
        BOOST_TEST(module.login(factory_admin_key, CKU_SO) == CKR_USER_TYPE_INVALID);
        BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
        // In either order.
        if (card == 1) BOOST_REQUIRE_EQUAL(module.store_key(office_pair()), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.store_certificate(office_pair()), CKR_OK);
        if (card == 0) BOOST_REQUIRE_EQUAL(module.store_key(office_pair()), CKR_OK);
        if (card == 1) {
            BOOST_REQUIRE_EQUAL(module.store_certificate(ec_pair()), CKR_OK);
            BOOST_REQUIRE_EQUAL(module.store_key(ec_pair()), CKR_OK);
        }
        module.fresh();
        module.open(CKF_SERIAL_SESSION | CKF_RW_SESSION, card);
        BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
        signs(module, office_pair());
        if (card == 1) signs(module, ec_pair());
        const auto id = id_of(office_pair());
        for (const auto kind : {CKO_CERTIFICATE, CKO_PRIVATE_KEY})
            for (const auto object : module.find(kind, &id))
                BOOST_TEST(module.p11->C_DestroyObject(module.session, object) == CKR_OK);
        module.fresh();
        module.open(CKF_SERIAL_SESSION, card);
        BOOST_TEST(module.find(CKO_CERTIFICATE).size() == card);
    }
}

PRACTICE_CASE(A_key_is_made_on_the_card_and_found_again_without_a_certificate) {
    const Practice practice({"isoapplet:version=1,serial=422"});
    LoadedModule module;
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    std::pair<CK_OBJECT_HANDLE, CK_OBJECT_HANDLE> made{};
    BOOST_REQUIRE_EQUAL(generate(module, made), CKR_OK);
    const auto modulus = module.attribute(made.first, CKA_MODULUS);
    module.fresh();
    module.open();
    BOOST_REQUIRE_EQUAL(module.login(), CKR_OK);
    const auto keys = module.find(CKO_PRIVATE_KEY);
    BOOST_REQUIRE_EQUAL(keys.size(), 1U);
    BOOST_TEST((module.attribute(keys.front(), CKA_MODULUS) == modulus));
}

PRACTICE_CASE(A_blank_card_is_prepared_by_C_InitToken_and_C_InitPIN) {
    const Practice practice({"isoapplet:version=0,blank,serial=423", "isoapplet:version=1,blank,serial=424"});
    for (CK_SLOT_ID slot = 0; slot < 2; ++slot) {
        LoadedModule module;
        CK_TOKEN_INFO info{};
        BOOST_REQUIRE_EQUAL(module.p11->C_GetTokenInfo(slot, &info), CKR_OK);
        BOOST_TEST((info.flags & (CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED)) == 0U);
        unsigned char puk[] = "1234567890123456", pin[] = "246810";
        unsigned char label[32];
        std::memset(label, ' ', sizeof label);
        std::memcpy(label, "Oficina", 7);
        BOOST_TEST(module.p11->C_InitToken(slot, puk, 8, label) == CKR_PIN_LEN_RANGE);
        BOOST_REQUIRE_EQUAL(module.p11->C_InitToken(slot, puk, 16, label), CKR_OK);
        module.open(CKF_SERIAL_SESSION | CKF_RW_SESSION, slot);
        BOOST_TEST(module.login("246810") == CKR_USER_PIN_NOT_INITIALIZED);
        BOOST_REQUIRE_EQUAL(module.login("1234567890123456", CKU_SO), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.p11->C_InitPIN(module.session, pin, 6), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.p11->C_Logout(module.session), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.login("246810"), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.store_certificate(office_pair()), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.store_key(office_pair()), CKR_OK);
        module.fresh();
        // Once it has a PIN nobody prepares it again.
        BOOST_TEST(module.p11->C_InitToken(slot, puk, 16, label) == CKR_FUNCTION_NOT_SUPPORTED);
        module.open(CKF_SERIAL_SESSION, slot);
        BOOST_REQUIRE_EQUAL(module.login("246810"), CKR_OK);
        signs(module, office_pair());
    }
}

BOOST_AUTO_TEST_SUITE_END()
