// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a program calls the things on a card, which has no room for names: remembered as long as the card
// stays in.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Loaded : Opened {
    Loaded() {
        own.give(0x9A, rsa_pair());
        own.give(0x9C, ec_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    }
    std::vector<CK_OBJECT_HANDLE> of(CK_OBJECT_CLASS kind) { return find({attribute_of(CKA_CLASS, kind)}); }
    CK_RV set(CK_OBJECT_HANDLE object, CK_ATTRIBUTE item) {
        return p11->C_SetAttributeValue(session, object, &item, 1);
    }
    std::string id = "abcdefghijklmnopqrst", label = "Just a label", subject = "no name at all";
    CK_BBOOL no = CK_FALSE;
};

} // namespace

BOOST_AUTO_TEST_SUITE(Names)

BOOST_FIXTURE_TEST_CASE(Id_label_and_subject_of_a_key_are_changed_and_found_by, Loaded) {
    const auto key = of(CKO_PRIVATE_KEY).front();
    BOOST_TEST(set(key, attribute_of(CKA_ID, id)) == CKR_OK);
    BOOST_TEST(set(key, attribute_of(CKA_LABEL, label)) == CKR_OK);
    BOOST_TEST(set(key, attribute_of(CKA_SUBJECT, subject)) == CKR_OK);
    BOOST_TEST(as_text(*attribute(key, CKA_ID)) == id);
    BOOST_TEST((find({attribute_of(CKA_ID, id)}) == std::vector<CK_OBJECT_HANDLE>{key}));
    BOOST_TEST((find({attribute_of(CKA_LABEL, label)}) == std::vector<CK_OBJECT_HANDLE>{key}));
}
BOOST_FIXTURE_TEST_CASE(Names_outlive_another_programs_reset_but_not_the_card, Loaded) {
    const auto key = of(CKO_PUBLIC_KEY).front();
    BOOST_REQUIRE_EQUAL(set(key, attribute_of(CKA_ID, id)), CKR_OK);
    own.reset();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION); // it has been noticed
    BOOST_TEST((find({attribute_of(CKA_ID, id)}) == std::vector<CK_OBJECT_HANDLE>{key}));
    own.pull();
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    own.put_in();
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(
        p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).empty());
}
BOOST_FIXTURE_TEST_CASE(A_name_given_to_one_key_is_not_anothers_after_that_place_changed, Loaded) {
    const auto key = of(CKO_PUBLIC_KEY).front();
    BOOST_REQUIRE_EQUAL(set(key, attribute_of(CKA_ID, id)), CKR_OK);
    own.give(0x9A, other_rsa_pair());
    own.reset();
    BOOST_TEST(state() == CKS_RW_PUBLIC_SESSION);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).empty());
}
BOOST_FIXTURE_TEST_CASE(Nothing_but_names_of_what_is_on_the_card_can_be_changed, Loaded) {
    const auto key = of(CKO_PRIVATE_KEY).front();
    const auto certificate = of(CKO_CERTIFICATE).front();
    BOOST_TEST(set(key, attribute_of(CKA_SENSITIVE, no)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(key, attribute_of(CKA_SIGN, no)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(key, attribute_of(CKA_MODULUS, id)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(key, attribute_of(CKA_EXTRACTABLE, no)) == CKR_OK); // it is so already
    BOOST_TEST(set(certificate, attribute_of(CKA_VALUE, id)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(certificate, attribute_of(CKA_SUBJECT, id)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(certificate, attribute_of(CKA_LABEL, label)) == CKR_OK);
    CK_ATTRIBUTE both[] = {attribute_of(CKA_LABEL, id), attribute_of(CKA_VALUE, id)};
    BOOST_TEST(p11->C_SetAttributeValue(session, certificate, both, 2) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(as_text(*attribute(certificate, CKA_LABEL)) == label); // all or nothing
}
BOOST_FIXTURE_TEST_CASE(A_session_that_only_reads_changes_no_name_on_the_card, Loaded) {
    const auto key = of(CKO_PUBLIC_KEY).front();
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &session), CKR_OK);
    BOOST_TEST(set(key, attribute_of(CKA_LABEL, label)) == CKR_SESSION_READ_ONLY);
}
BOOST_FIXTURE_TEST_CASE(Public_things_are_copied_into_the_session_and_private_keys_are_not, Loaded) {
    CK_OBJECT_HANDLE copy = 0;
    BOOST_TEST(p11->C_CopyObject(session, of(CKO_PRIVATE_KEY).front(), nullptr, 0, &copy) ==
               CKR_ACTION_PROHIBITED);
    const auto certificate = of(CKO_CERTIFICATE).front();
    CK_ATTRIBUTE named[] = {attribute_of(CKA_TOKEN, no), attribute_of(CKA_LABEL, label)};
    BOOST_REQUIRE_EQUAL(p11->C_CopyObject(session, certificate, named, 2, &copy), CKR_OK);
    BOOST_TEST((attribute(copy, CKA_VALUE) == attribute(certificate, CKA_VALUE)));
    BOOST_TEST((attribute(copy, CKA_TOKEN) == Bytes{CK_FALSE}));
    BOOST_TEST(as_text(*attribute(copy, CKA_LABEL)) == label);
    BOOST_TEST(p11->C_DestroyObject(session, copy) == CKR_OK);
    BOOST_TEST(of(CKO_CERTIFICATE).size() == 2U);
}
BOOST_FIXTURE_TEST_CASE(A_public_key_of_the_card_goes_when_its_private_key_goes, Loaded) {
    BOOST_TEST(p11->C_DestroyObject(session, of(CKO_PUBLIC_KEY).front()) == CKR_ACTION_PROHIBITED);
}
BOOST_FIXTURE_TEST_CASE(Each_key_lists_the_mechanisms_that_take_it_and_no_others, Loaded) {
    const auto list = [&](CK_OBJECT_HANDLE key) {
        const auto bytes = attribute(key, CKA_ALLOWED_MECHANISMS);
        BOOST_REQUIRE(bytes.has_value());
        std::set<CK_MECHANISM_TYPE> types;
        for (std::size_t i = 0; i < bytes->size(); i += sizeof(CK_MECHANISM_TYPE)) {
            CK_MECHANISM_TYPE type = 0;
            std::memcpy(&type, &bytes->at(i), sizeof type);
            types.insert(type);
        }
        return types;
    };
    for (const auto key : of(CKO_PRIVATE_KEY)) {
        const auto allowed = list(key);
        CK_ULONG count = 128;
        CK_MECHANISM_TYPE all[128];
        BOOST_REQUIRE_EQUAL(p11->C_GetMechanismList(0, all, &count), CKR_OK);
        for (CK_ULONG i = 0; i < count; ++i) {
            CK_MECHANISM mechanism{all[i], nullptr, 0};
            const auto sign = p11->C_SignInit(session, &mechanism, key);
            CK_SESSION_INFO info{};
            BOOST_REQUIRE_EQUAL(p11->C_GetSessionInfo(session, &info), CKR_OK);
            if (sign == CKR_OK) {
                BOOST_TEST(allowed.contains(all[i]), all[i]);
                (void)p11->C_SignInit(session, nullptr, 0); // NULL ends it
            }
            if (sign == CKR_KEY_TYPE_INCONSISTENT) BOOST_TEST(!allowed.contains(all[i]), all[i]);
        }
        BOOST_TEST(!allowed.contains(CKM_SHA256));
        BOOST_TEST(!allowed.contains(CKM_RSA_PKCS_KEY_PAIR_GEN));
    }
    BOOST_TEST(list(of(CKO_PRIVATE_KEY).front()).contains(CKM_RSA_PKCS_OAEP));
    BOOST_TEST(list(of(CKO_PRIVATE_KEY).back()).contains(CKM_ECDH1_DERIVE));
}

BOOST_AUTO_TEST_SUITE_END()
