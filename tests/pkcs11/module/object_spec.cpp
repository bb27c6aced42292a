// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is found, what it says of itself, and what finding it costs.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Loaded : Opened {
    Loaded() {
        own.give(0x9A, rsa_pair());
        own.give(0x9C, ec_pair());
    }
    std::vector<CK_OBJECT_HANDLE> of(CK_OBJECT_CLASS kind) { return find({attribute_of(CKA_CLASS, kind)}); }
};

CK_ULONG as_number(const std::optional<Bytes>& bytes) {
    CK_ULONG value = 0;
    BOOST_REQUIRE(bytes.has_value());
    BOOST_REQUIRE_EQUAL(bytes->size(), sizeof value);
    std::memcpy(&value, bytes->data(), sizeof value);
    return value;
}

} // namespace

BOOST_AUTO_TEST_SUITE(Objects)

BOOST_FIXTURE_TEST_CASE(Certificates_and_public_keys_are_seen_without_login_private_keys_after_it, Loaded) {
    BOOST_TEST(of(CKO_CERTIFICATE).size() == 2U);
    BOOST_TEST(of(CKO_PUBLIC_KEY).size() == 2U);
    BOOST_TEST(of(CKO_PRIVATE_KEY).empty());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(of(CKO_PRIVATE_KEY).size() == 2U);
    BOOST_TEST(own.count("directory") == 1U);
}
BOOST_FIXTURE_TEST_CASE(Certificate_public_and_private_key_share_one_id_that_is_not_empty, Loaded) {
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    const auto id = attribute(of(CKO_CERTIFICATE).front(), CKA_ID);
    BOOST_REQUIRE(id.has_value());
    BOOST_TEST(id->size() == 20U);
    auto wanted = *id;
    BOOST_TEST(find({attribute_of(CKA_ID, wanted)}).size() == 3U);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_says_what_it_is_and_is_no_trust_anchor, Loaded) {
    const auto certificate = of(CKO_CERTIFICATE).front();
    BOOST_TEST((attribute(certificate, CKA_VALUE) == rsa_pair().certificate));
    BOOST_TEST((attribute(certificate, CKA_TRUSTED) == Bytes{CK_FALSE}));
    BOOST_TEST((attribute(certificate, CKA_TOKEN) == Bytes{CK_TRUE}));
    BOOST_TEST((attribute(certificate, CKA_PRIVATE) == Bytes{CK_FALSE}));
    BOOST_TEST(as_text(*attribute(certificate, CKA_LABEL)) == "ESPA\xC3\x91OLA- PRUEBA (2031-05)");
    BOOST_TEST((attribute(certificate, CKA_ACREDITA_PLACE) == Bytes{0x9A}));
}
BOOST_FIXTURE_TEST_CASE(A_private_key_shows_its_public_numbers_and_hides_the_others, Loaded) {
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    const auto key = of(CKO_PRIVATE_KEY).front();
    BOOST_TEST((attribute(key, CKA_MODULUS) == rsa_pair().public_key.modulus));
    BOOST_TEST((attribute(key, CKA_SENSITIVE) == Bytes{CK_TRUE}));
    BOOST_TEST((attribute(key, CKA_EXTRACTABLE) == Bytes{CK_FALSE}));
    CK_ATTRIBUTE items[] = {
        {CKA_PRIVATE_EXPONENT, nullptr, 0}, {CKA_MODULUS_BITS, nullptr, 0}, {CKA_MODULUS, nullptr, 0}};
    BOOST_TEST(p11->C_GetAttributeValue(session, key, items, 1) == CKR_ATTRIBUTE_SENSITIVE);
    BOOST_TEST(items[0].ulValueLen == unavailable);
    (void)p11->C_GetAttributeValue(session, key, items, 3);
    BOOST_TEST(items[2].ulValueLen == 256U); // one refusal does not stop the others
}
BOOST_FIXTURE_TEST_CASE(An_EC_point_is_wrapped_in_an_octet_string, Loaded) {
    const auto point = attribute(of(CKO_PUBLIC_KEY).back(), CKA_EC_POINT);
    BOOST_REQUIRE(point.has_value());
    BOOST_TEST(point->size() == 67U);
    BOOST_TEST(point->at(0) == 0x04);
    BOOST_TEST(point->at(1) == 65);
}
BOOST_FIXTURE_TEST_CASE(The_profile_object_says_that_certificates_are_public, Loaded) {
    const auto profile = find_one(CKO_PROFILE);
    BOOST_TEST(as_number(attribute(profile, CKA_PROFILE_ID)) == CKP_PUBLIC_CERTIFICATES_TOKEN);
}
BOOST_FIXTURE_TEST_CASE(Classes_a_card_never_has_are_searched_without_asking_it, Loaded) {
    own.asked.clear();
    for (const CK_OBJECT_CLASS kind :
         {0xCE534353UL, 0xCE534354UL, CKO_DATA, CKO_SECRET_KEY, CKO_HW_FEATURE, 0xDEADBEEFUL})
        BOOST_TEST(of(kind).empty());
    BOOST_TEST(own.asked.empty());
}
BOOST_FIXTURE_TEST_CASE(A_search_by_issuer_and_serial_number_finds_the_certificate, Loaded) {
    const auto certificate = of(CKO_CERTIFICATE).front();
    auto issuer = *attribute(certificate, CKA_ISSUER);
    auto serial = *attribute(certificate, CKA_SERIAL_NUMBER);
    const auto found = find({attribute_of(CKA_ISSUER, issuer), attribute_of(CKA_SERIAL_NUMBER, serial)});
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST(found.front() == certificate);
}
BOOST_FIXTURE_TEST_CASE(A_search_is_handed_out_in_portions_and_ends_once, Loaded) {
    BOOST_REQUIRE_EQUAL(p11->C_FindObjectsInit(session, nullptr, 0), CKR_OK);
    BOOST_TEST(p11->C_FindObjectsInit(session, nullptr, 0) == CKR_OPERATION_ACTIVE);
    CK_OBJECT_HANDLE found[3];
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_FindObjects(session, found, 3, &count), CKR_OK);
    BOOST_TEST(count == 3U);
    BOOST_REQUIRE_EQUAL(p11->C_FindObjects(session, found, 0, &count), CKR_OK);
    BOOST_TEST(count == 0U);
    BOOST_REQUIRE_EQUAL(p11->C_FindObjects(session, found, 3, &count), CKR_OK);
    BOOST_TEST(count == 3U); // two certificates, two public keys, the profile, the card
    BOOST_TEST(p11->C_FindObjectsFinal(session) == CKR_OK);
    BOOST_TEST(p11->C_FindObjectsFinal(session) == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_TEST(p11->C_FindObjects(session, found, 3, &count) == CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(The_card_object_answers_only_what_is_asked, Loaded) {
    own.asked.clear();
    const auto card = find_one(CKO_ACREDITA_CARD);
    BOOST_TEST(own.asked.empty());
    BOOST_TEST(as_number(attribute(card, CKA_ACREDITA_PIN_TRIES_LEFT)) == 3U);
    BOOST_TEST((attribute(card, CKA_ACREDITA_PIN_FACTORY) == Bytes{CK_TRUE}));
    BOOST_TEST((own.asked == std::vector<std::string>{"pin_status"}));
    BOOST_TEST(as_number(attribute(card, CKA_ACREDITA_STORE_ROLE)) == CKU_SO);
    BOOST_TEST((attribute(card, CKA_ACREDITA_CAN_IMPORT) == Bytes{CK_TRUE}));
    BOOST_TEST(as_number(attribute(card, CKA_ACREDITA_MAX_CERTIFICATE)) == 3000U);
    BOOST_TEST(as_text(*attribute(card, CKA_ACREDITA_READER)) == "Reader 00 00");
    BOOST_TEST(!attribute(card, CKA_ACREDITA_ROOM).has_value());              // not known
    BOOST_TEST(!attribute(card, CKA_ACREDITA_ADMIN_KEY_FACTORY).has_value()); // before the SO login
    BOOST_TEST(own.asked.size() == 1U);
}
BOOST_FIXTURE_TEST_CASE(The_destination_is_the_first_free_place_and_says_what_it_holds, Opened) {
    own.give(0x9A, rsa_pair());
    const auto card = find_one(CKO_ACREDITA_CARD);
    BOOST_TEST((attribute(card, CKA_ACREDITA_DESTINATION) == Bytes{0x9C}));
    BOOST_TEST((attribute(card, CKA_ACREDITA_HOLDS_KEY) == Bytes{CK_FALSE}));
    BOOST_TEST(attribute(card, CKA_ACREDITA_HOLDS_CERTIFICATE)->empty());
    BOOST_TEST(own.count("slot") == 2U);
}
BOOST_FIXTURE_TEST_CASE(A_full_card_shows_the_first_place_and_what_would_be_lost, Loaded) {
    const auto card = find_one(CKO_ACREDITA_CARD);
    BOOST_TEST((attribute(card, CKA_ACREDITA_DESTINATION) == Bytes{0x9A}));
    BOOST_TEST((attribute(card, CKA_ACREDITA_HOLDS_CERTIFICATE) == rsa_pair().certificate));
    BOOST_TEST((attribute(card, CKA_ACREDITA_HOLDS_KEY) == Bytes{CK_TRUE}));
}
BOOST_FIXTURE_TEST_CASE(An_object_that_is_no_thing_of_the_card_is_neither_copied_nor_changed, Loaded) {
    const auto certificate = of(CKO_CERTIFICATE).front();
    CK_OBJECT_HANDLE copy = 0;
    for (const auto fixed : {find_one(CKO_PROFILE), find_one(CKO_ACREDITA_CARD)}) {
        BOOST_TEST(p11->C_CopyObject(session, fixed, nullptr, 0, &copy) == CKR_ACTION_PROHIBITED);
        BOOST_TEST(p11->C_SetAttributeValue(session, fixed, nullptr, 0) == CKR_ACTION_PROHIBITED);
        BOOST_TEST(p11->C_DestroyObject(session, fixed) == CKR_ACTION_PROHIBITED);
    }
    BOOST_TEST(p11->C_CopyObject(session, 4711, nullptr, 0, &copy) == CKR_OBJECT_HANDLE_INVALID);
    CK_ULONG size = 0;
    BOOST_TEST(p11->C_GetObjectSize(session, certificate, &size) == CKR_OK);
    BOOST_TEST(size > rsa_pair().certificate.size());
}

BOOST_AUTO_TEST_SUITE_END()
