// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Verification with public keys that a program brings: the larger curves, and keys, parameters and orders of
// calls that are refused. OpenSSL signs.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Guest : Opened {
    CK_OBJECT_HANDLE bring(const KeyPair& pair, CK_BBOOL may_verify = CK_TRUE) {
        CK_OBJECT_CLASS kind = CKO_PUBLIC_KEY;
        CK_KEY_TYPE type = pair.public_key.type == card::KeyType::ec ? CKK_EC : CKK_RSA;
        std::vector<CK_ATTRIBUTE> items{attribute_of(CKA_CLASS, kind), attribute_of(CKA_KEY_TYPE, type),
                                        attribute_of(CKA_VERIFY, may_verify)};
        const auto& key = pair.public_key;
        if (type == CKK_EC) {
            items.push_back(attribute_of(CKA_EC_PARAMS, key.curve_oid));
            items.push_back(attribute_of(CKA_EC_POINT, key.point));
        } else {
            items.push_back(attribute_of(CKA_MODULUS, key.modulus));
            items.push_back(attribute_of(CKA_PUBLIC_EXPONENT, key.exponent));
        }
        CK_OBJECT_HANDLE made = 0;
        BOOST_REQUIRE_EQUAL(p11->C_CreateObject(session, items.data(), items.size(), &made), CKR_OK);
        return made;
    }
    CK_RV begin(CK_OBJECT_HANDLE key, CK_MECHANISM mechanism) {
        return p11->C_VerifyInit(session, &mechanism, key);
    }
    CK_RV verify(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE type, Bytes data, Bytes signature) {
        BOOST_REQUIRE_EQUAL(begin(key, {type, nullptr, 0}), CKR_OK);
        return p11->C_Verify(session, data.data(), data.size(), signature.data(), signature.size());
    }
};

const std::pair<CK_MECHANISM_TYPE, module::Hash> hashing[] = {{CKM_ECDSA_SHA1, module::Hash::sha1},
                                                              {CKM_ECDSA_SHA224, module::Hash::sha224},
                                                              {CKM_ECDSA_SHA256, module::Hash::sha256},
                                                              {CKM_ECDSA_SHA384, module::Hash::sha384},
                                                              {CKM_ECDSA_SHA512, module::Hash::sha512}};

} // namespace

BOOST_AUTO_TEST_SUITE(VerificationByGuests)

BOOST_FIXTURE_TEST_CASE(Each_curve_verifies_each_hash_whole_and_in_parts, Guest) {
    Bytes message(1000, 0x4D);
    for (const auto* pair : {&ec_pair(), &p384_pair(), &p521_pair()}) {
        const auto bits = pair->public_key.bits;
        const auto key = bring(*pair);
        for (const auto& [mechanism, hash] : hashing) {
            auto signature = pair->raw_ecdsa(module::digest(hash, message));
            BOOST_TEST(signature.size() == 2 * ((bits + 7) / 8));
            BOOST_TEST(verify(key, mechanism, message, signature) == CKR_OK, bits << ' ' << mechanism);
            BOOST_REQUIRE_EQUAL(begin(key, {mechanism, nullptr, 0}), CKR_OK);
            BOOST_REQUIRE_EQUAL(p11->C_VerifyUpdate(session, message.data(), 1), CKR_OK);
            BOOST_REQUIRE_EQUAL(p11->C_VerifyUpdate(session, message.data() + 1, 999), CKR_OK);
            BOOST_TEST(p11->C_VerifyFinal(session, signature.data(), signature.size()) == CKR_OK);
            signature.back() ^= 1U;
            BOOST_TEST(verify(key, mechanism, message, signature) == CKR_SIGNATURE_INVALID);
            signature.pop_back();
            BOOST_TEST(verify(key, mechanism, message, signature) == CKR_SIGNATURE_LEN_RANGE);
        }
    }
}
BOOST_FIXTURE_TEST_CASE(A_bare_hash_shorter_or_longer_than_the_order_is_verified_as_others_sign_it, Guest) {
    for (const auto* pair : {&ec_pair(), &p384_pair(), &p521_pair()}) {
        const auto key = bring(*pair);
        for (const std::size_t length : {20U, 28U, 32U, 48U, 64U}) {
            Bytes hash(length, 0x93);
            const auto signature = pair->raw_ecdsa(hash);
            BOOST_TEST(verify(key, CKM_ECDSA, hash, signature) == CKR_OK,
                       pair->public_key.bits << ' ' << length);
            hash.front() ^= 1U;
            BOOST_TEST(verify(key, CKM_ECDSA, hash, signature) == CKR_SIGNATURE_INVALID);
        }
    }
}
BOOST_FIXTURE_TEST_CASE(A_signature_by_another_key_of_the_same_curve_is_invalid, Guest) {
    const Bytes hash(48, 0x11);
    const auto& other = ec_pair();
    BOOST_TEST(verify(bring(p384_pair()), CKM_ECDSA, hash, Bytes(96, 1)) == CKR_SIGNATURE_INVALID);
    BOOST_TEST(verify(bring(p384_pair()), CKM_ECDSA, hash, other.raw_ecdsa(hash)) == CKR_SIGNATURE_LEN_RANGE);
}
BOOST_FIXTURE_TEST_CASE(A_key_that_cannot_or_may_not_verify_is_refused_with_the_word_for_it, Guest) {
    own.give(0x9A, rsa_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    const auto rsa = bring(rsa_pair()), ec = bring(ec_pair());
    BOOST_TEST(begin(find_one(CKO_PRIVATE_KEY), {CKM_RSA_PKCS, nullptr, 0}) == CKR_KEY_HANDLE_INVALID);
    BOOST_TEST(begin(find_one(CKO_CERTIFICATE), {CKM_RSA_PKCS, nullptr, 0}) == CKR_KEY_HANDLE_INVALID);
    BOOST_TEST(begin(4711, {CKM_RSA_PKCS, nullptr, 0}) == CKR_KEY_HANDLE_INVALID);
    BOOST_TEST(begin(ec, {CKM_RSA_PKCS, nullptr, 0}) == CKR_KEY_TYPE_INCONSISTENT);
    BOOST_TEST(begin(rsa, {CKM_ECDSA, nullptr, 0}) == CKR_KEY_TYPE_INCONSISTENT);
    BOOST_TEST(begin(bring(rsa_pair(), CK_FALSE), {CKM_RSA_PKCS, nullptr, 0}) ==
               CKR_KEY_FUNCTION_NOT_PERMITTED);
    BOOST_TEST(begin(rsa, {CKM_SHA256, nullptr, 0}) == CKR_MECHANISM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_RSA_PKCS_OAEP, nullptr, 0}) == CKR_MECHANISM_INVALID);
}
BOOST_FIXTURE_TEST_CASE(Parameters_that_are_missing_wrong_or_too_many_are_refused, Guest) {
    const auto rsa = bring(rsa_pair()), ec = bring(ec_pair());
    unsigned char surplus[] = {1, 2, 3, 4};
    CK_RSA_PKCS_PSS_PARAMS crossed{CKM_SHA384, CKG_MGF1_SHA384, 48};
    CK_RSA_PKCS_PSS_PARAMS unknown{CKM_MD5, CKG_MGF1_SHA256, 16};
    CK_RSA_PKCS_PSS_PARAMS salty{CKM_SHA256, CKG_MGF1_SHA256, 5000};
    BOOST_TEST(begin(ec, {CKM_ECDSA, surplus, 4}) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_RSA_PKCS, surplus, 4}) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_RSA_PKCS_PSS, nullptr, 0}) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_RSA_PKCS_PSS, surplus, 4}) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_RSA_PKCS_PSS, &unknown, sizeof unknown}) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(begin(rsa, {CKM_SHA256_RSA_PKCS_PSS, &crossed, sizeof crossed}) ==
               CKR_MECHANISM_PARAM_INVALID);
    const auto rv = begin(rsa, {CKM_RSA_PKCS_PSS, &salty, sizeof salty});
    BOOST_TEST((rv == CKR_MECHANISM_PARAM_INVALID || rv == CKR_KEY_SIZE_RANGE), rv);
}
BOOST_FIXTURE_TEST_CASE(One_verification_at_a_time_and_each_keeps_to_the_way_it_began, Guest) {
    const auto rsa = bring(rsa_pair());
    unsigned char data[4] = {}, signature[256] = {};
    BOOST_REQUIRE_EQUAL(begin(rsa, {CKM_SHA256_RSA_PKCS, nullptr, 0}), CKR_OK);
    BOOST_TEST(begin(rsa, {CKM_SHA256_RSA_PKCS, nullptr, 0}) == CKR_OPERATION_ACTIVE);
    BOOST_REQUIRE_EQUAL(p11->C_VerifyUpdate(session, data, 4), CKR_OK);
    BOOST_TEST(p11->C_Verify(session, data, 4, signature, 256) == CKR_OPERATION_ACTIVE);
    BOOST_TEST(p11->C_VerifyFinal(session, signature, 256) == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_REQUIRE_EQUAL(begin(rsa, {CKM_SHA256_RSA_PKCS, nullptr, 0}), CKR_OK);
    BOOST_TEST(p11->C_VerifyFinal(session, signature, 256) == CKR_SIGNATURE_INVALID); // of nothing
    BOOST_TEST(p11->C_VerifyUpdate(session, data, 4) == CKR_OPERATION_NOT_INITIALIZED);
}

BOOST_AUTO_TEST_SUITE_END()
