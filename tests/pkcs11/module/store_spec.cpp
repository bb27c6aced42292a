// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Storing, generating and removing: where things go, who may, and what it costs.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/core_names.h>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Store : Opened {
    Store() { BOOST_REQUIRE_EQUAL(login(admin_key, CKU_SO), CKR_OK); }
    unsigned char yes = CK_TRUE, no = CK_FALSE;

    std::pair<CK_RV, CK_OBJECT_HANDLE> certificate(const KeyPair& pair, std::vector<CK_ATTRIBUTE> more = {}) {
        CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
        auto der = pair.certificate;
        std::vector<CK_ATTRIBUTE> all{attribute_of(CKA_CLASS, kind), attribute_of(CKA_TOKEN, yes),
                                      attribute_of(CKA_VALUE, der)};
        all.insert(all.end(), more.begin(), more.end());
        CK_OBJECT_HANDLE handle = 0;
        const auto rv = p11->C_CreateObject(session, all.data(), all.size(), &handle);
        return {rv, handle};
    }
    std::pair<CK_RV, CK_OBJECT_HANDLE> private_key(const KeyPair& pair, std::vector<CK_ATTRIBUTE> more = {},
                                                   CK_ATTRIBUTE_TYPE leave_out = 0) {
        CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
        const bool rsa = pair.public_key.type == card::KeyType::rsa;
        CK_KEY_TYPE type = rsa ? CKK_RSA : CKK_EC;
        std::vector<std::pair<CK_ATTRIBUTE_TYPE, Bytes>> parts;
        if (rsa) {
            for (const auto& [attribute, name] :
                 std::initializer_list<std::pair<CK_ATTRIBUTE_TYPE, const char*>>{
                     {CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N},
                     {CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E},
                     {CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1},
                     {CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2},
                     {CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1},
                     {CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2},
                     {CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}})
                if (attribute != leave_out) parts.emplace_back(attribute, number(pair, name));
        } else {
            parts.emplace_back(CKA_EC_PARAMS, pair.public_key.curve_oid);
            parts.emplace_back(CKA_VALUE, number(pair, OSSL_PKEY_PARAM_PRIV_KEY));
        }
        std::vector<CK_ATTRIBUTE> all{attribute_of(CKA_CLASS, kind), attribute_of(CKA_TOKEN, yes),
                                      attribute_of(CKA_KEY_TYPE, type)};
        for (auto& [attribute, value] : parts) all.push_back(attribute_of(attribute, value));
        all.insert(all.end(), more.begin(), more.end());
        CK_OBJECT_HANDLE handle = 0;
        const auto rv = p11->C_CreateObject(session, all.data(), all.size(), &handle);
        return {rv, handle};
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(Storing)

BOOST_FIXTURE_TEST_CASE(A_certificate_goes_to_the_first_free_place_and_its_key_follows, Store) {
    own.give(0x9A, other_rsa_pair());
    BOOST_TEST(certificate(rsa_pair()).first == CKR_OK);
    BOOST_TEST((own.slots[0x9C].certificate == rsa_pair().certificate));
    BOOST_TEST(private_key(rsa_pair()).first == CKR_OK);
    BOOST_TEST((own.slots[0x9C].key_present == card::Known::yes));
    BOOST_TEST((own.slots[0x9A].certificate == other_rsa_pair().certificate));
}
BOOST_FIXTURE_TEST_CASE(Storing_reads_one_place_and_writes_twice, Store) {
    own.asked.clear();
    BOOST_REQUIRE_EQUAL(certificate(rsa_pair()).first, CKR_OK);
    BOOST_REQUIRE_EQUAL(private_key(rsa_pair()).first, CKR_OK);
    BOOST_TEST(
        (own.asked == std::vector<std::string>{"identity", "slot", "store_certificate", "import_key"}));
}
BOOST_FIXTURE_TEST_CASE(An_EC_key_finds_its_place_by_the_id_of_its_certificate, Store) {
    Bytes id{1, 2, 3};
    BOOST_REQUIRE_EQUAL(certificate(ec_pair(), {attribute_of(CKA_ID, id)}).first, CKR_OK);
    BOOST_TEST(private_key(ec_pair(), {attribute_of(CKA_ID, id)}).first == CKR_OK);
    BOOST_TEST((own.slots[0x9A].key_present == card::Known::yes));
}
BOOST_FIXTURE_TEST_CASE(The_same_certificate_again_goes_where_it_was, Store) {
    own.give(0x9A, rsa_pair());
    BOOST_TEST(certificate(rsa_pair()).first == CKR_OK);
    BOOST_TEST(!own.slots.contains(0x9C));
}
BOOST_FIXTURE_TEST_CASE(A_full_card_is_out_of_memory_unless_a_place_is_forced, Store) {
    own.give(0x9A, other_rsa_pair());
    own.give(0x9C, ec_pair());
    BOOST_TEST(certificate(rsa_pair()).first == CKR_DEVICE_MEMORY);
    unsigned char place = 0x9C;
    BOOST_TEST(certificate(rsa_pair(), {attribute_of(CKA_ACREDITA_PLACE, place)}).first == CKR_OK);
    BOOST_TEST((own.slots[0x9C].certificate == rsa_pair().certificate));
    place = 0x55;
    BOOST_TEST(certificate(rsa_pair(), {attribute_of(CKA_ACREDITA_PLACE, place)}).first ==
               CKR_ATTRIBUTE_VALUE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(What_was_stored_is_found_without_reading_the_card, Store) {
    BOOST_REQUIRE_EQUAL(certificate(rsa_pair()).first, CKR_OK);
    own.asked.clear();
    auto id = module::key_id(rsa_pair().public_key);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).size() == 1U); // no key yet, so the certificate alone
    BOOST_TEST(own.asked.empty());
}
BOOST_FIXTURE_TEST_CASE(A_key_template_must_be_whole_true_and_for_the_card, Store) {
    BOOST_TEST(private_key(rsa_pair(), {}, CKA_PRIME_1).first == CKR_TEMPLATE_INCOMPLETE);
    BOOST_TEST(private_key(rsa_pair(), {attribute_of(CKA_EXTRACTABLE, yes)}).first ==
               CKR_TEMPLATE_INCONSISTENT);
    BOOST_TEST(private_key(rsa_pair(), {attribute_of(CKA_SENSITIVE, no)}).first == CKR_TEMPLATE_INCONSISTENT);
    auto wrong = number(other_rsa_pair(), OSSL_PKEY_PARAM_RSA_N);
    BOOST_TEST(private_key(rsa_pair(), {attribute_of(CKA_MODULUS, wrong)}, CKA_MODULUS).first ==
               CKR_ATTRIBUTE_VALUE_INVALID);
    BOOST_TEST(own.count("import_key") == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_that_is_none_or_too_large_is_refused_before_the_card_hears_of_it,
                        Store) {
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    Bytes der(100, 0x55);
    CK_ATTRIBUTE all[] = {attribute_of(CKA_CLASS, kind), attribute_of(CKA_TOKEN, yes),
                          attribute_of(CKA_VALUE, der)};
    CK_OBJECT_HANDLE handle = 0;
    BOOST_TEST(p11->C_CreateObject(session, all, 3, &handle) == CKR_ATTRIBUTE_VALUE_INVALID);
    BOOST_TEST(p11->C_CreateObject(session, all, 1, &handle) != CKR_OK);
    BOOST_TEST(own.count("store_certificate") == 0U);
}
BOOST_AUTO_TEST_CASE(Only_the_role_the_card_wants_may_store_and_only_in_a_read_write_session) {
    {
        Store as_so;
        BOOST_REQUIRE_EQUAL(as_so.p11->C_Logout(as_so.session), CKR_OK);
        BOOST_TEST(as_so.certificate(rsa_pair()).first == CKR_USER_NOT_LOGGED_IN);
        BOOST_REQUIRE_EQUAL(as_so.login(), CKR_OK);
        BOOST_TEST(as_so.certificate(rsa_pair()).first == CKR_USER_NOT_LOGGED_IN);
        BOOST_TEST(as_so.own.count("store_certificate") == 0U);
    }
    Opened read_only(CKF_SERIAL_SESSION);
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    CK_BBOOL on_card = CK_TRUE;
    CK_ATTRIBUTE items[] = {attribute_of(CKA_CLASS, kind), attribute_of(CKA_TOKEN, on_card)};
    CK_OBJECT_HANDLE handle = 0;
    BOOST_TEST(read_only.p11->C_CreateObject(read_only.session, items, 2, &handle) == CKR_SESSION_READ_ONLY);
}
BOOST_FIXTURE_TEST_CASE(A_generated_key_says_that_it_was_born_on_the_card, Store) {
    CK_MECHANISM mechanism{CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    CK_ULONG bits = 2048;
    CK_ATTRIBUTE public_half[] = {attribute_of(CKA_MODULUS_BITS, bits)};
    CK_ATTRIBUTE private_half[] = {attribute_of(CKA_TOKEN, yes)};
    CK_OBJECT_HANDLE handles[2] = {};
    BOOST_REQUIRE_EQUAL(p11->C_GenerateKeyPair(session, &mechanism, public_half, 1, private_half, 1,
                                               &handles[0], &handles[1]),
                        CKR_OK);
    BOOST_TEST((attribute(handles[0], CKA_MODULUS) == other_rsa_pair().public_key.modulus));
    BOOST_TEST((attribute(handles[0], CKA_LOCAL) == Bytes{CK_TRUE}));
    bits = 1000;
    BOOST_TEST(p11->C_GenerateKeyPair(session, &mechanism, public_half, 1, private_half, 1, &handles[0],
                                      &handles[1]) == CKR_KEY_SIZE_RANGE);
    BOOST_TEST(p11->C_GenerateKeyPair(session, &mechanism, public_half, 0, private_half, 1, &handles[0],
                                      &handles[1]) == CKR_TEMPLATE_INCOMPLETE);
}
BOOST_FIXTURE_TEST_CASE(What_is_destroyed_is_gone_from_the_card_and_from_the_list, Store) {
    own.give(0x9A, rsa_pair());
    const auto handle = find_one(CKO_CERTIFICATE);
    BOOST_TEST(p11->C_DestroyObject(session, find_one(CKO_PUBLIC_KEY)) == CKR_ACTION_PROHIBITED);
    BOOST_TEST(p11->C_DestroyObject(session, handle) == CKR_OK);
    BOOST_TEST(own.slots[0x9A].certificate.empty());
    BOOST_TEST(p11->C_DestroyObject(session, handle) == CKR_OBJECT_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_write_that_fails_leaves_nothing_remembered, Store) {
    own.faults["store_certificate"] = fail(card::card_errc::write_failed).value();
    BOOST_TEST(certificate(rsa_pair()).first == CKR_DEVICE_ERROR);
    own.faults.clear();
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    BOOST_TEST(find({attribute_of(CKA_CLASS, kind)}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
