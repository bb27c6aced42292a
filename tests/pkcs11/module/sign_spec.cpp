// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Signatures and decryption, judged by OpenSSL, and the life of an operation.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Ready : Opened {
    Ready() {
        own.give(0x9A, rsa_pair());
        own.give(0x9C, ec_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        const auto keys = find({attribute_of(CKA_CLASS, kind)});
        BOOST_REQUIRE_EQUAL(keys.size(), 2U);
        rsa = keys[0];
        ec = keys[1];
    }
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    CK_OBJECT_HANDLE rsa = 0, ec = 0;
    Bytes message = copy(as_bytes("the letter of the office"));

    CK_RV start(CK_MECHANISM_TYPE type, CK_OBJECT_HANDLE key, void* parameter = nullptr, CK_ULONG size = 0) {
        CK_MECHANISM mechanism{type, parameter, size};
        return p11->C_SignInit(session, &mechanism, key);
    }
    Bytes sign(Bytes data) {
        Bytes out(512);
        CK_ULONG size = out.size();
        BOOST_REQUIRE_EQUAL(p11->C_Sign(session, data.data(), data.size(), out.data(), &size), CKR_OK);
        out.resize(size);
        return out;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(Signatures)

BOOST_FIXTURE_TEST_CASE(Hash_and_sign_mechanisms_verify, Ready) {
    const std::pair<CK_MECHANISM_TYPE, const char*> all[] = {{CKM_SHA1_RSA_PKCS, "SHA1"},
                                                             {CKM_SHA256_RSA_PKCS, "SHA256"},
                                                             {CKM_SHA384_RSA_PKCS, "SHA384"},
                                                             {CKM_SHA512_RSA_PKCS, "SHA512"}};
    for (const auto& [type, digest] : all) {
        BOOST_REQUIRE_EQUAL(start(type, rsa), CKR_OK);
        BOOST_TEST(rsa_pair().verifies(message, sign(message), digest), digest);
    }
}
BOOST_FIXTURE_TEST_CASE(PSS_verifies_over_a_digest_and_over_a_message, Ready) {
    CK_RSA_PKCS_PSS_PARAMS parameters{CKM_SHA256, CKG_MGF1_SHA256, 32};
    BOOST_REQUIRE_EQUAL(start(CKM_RSA_PKCS_PSS, rsa, &parameters, sizeof parameters), CKR_OK);
    BOOST_TEST(
        rsa_pair().verifies(message, sign(module::digest(module::Hash::sha256, message)), "SHA256", true));
    BOOST_REQUIRE_EQUAL(start(CKM_SHA256_RSA_PKCS_PSS, rsa, &parameters, sizeof parameters), CKR_OK);
    BOOST_TEST(rsa_pair().verifies(message, sign(message), "SHA256", true));
}
BOOST_FIXTURE_TEST_CASE(PKCS1_takes_any_DigestInfo_and_the_36_bytes_of_old_TLS, Ready) {
    const auto info = concat(
        {module::digest_info_prefix(module::Hash::sha256), module::digest(module::Hash::sha256, message)});
    BOOST_REQUIRE_EQUAL(start(CKM_RSA_PKCS, rsa), CKR_OK);
    BOOST_TEST(rsa_pair().verifies(message, sign(info), "SHA256"));
    BOOST_REQUIRE_EQUAL(start(CKM_RSA_PKCS, rsa), CKR_OK);
    BOOST_TEST(sign(Bytes(36, 7)).size() == 256U);
}
BOOST_FIXTURE_TEST_CASE(A_raw_block_is_signed_as_it_is, Ready) {
    Bytes block(256, 0x11);
    BOOST_REQUIRE_EQUAL(start(CKM_RSA_X_509, rsa), CKR_OK);
    BOOST_TEST((sign(block) == rsa_pair().raw_rsa(block)));
}
BOOST_FIXTURE_TEST_CASE(ECDSA_gives_two_numbers_of_fixed_width_over_any_length_of_input, Ready) {
    BOOST_REQUIRE_EQUAL(start(CKM_ECDSA_SHA256, ec), CKR_OK);
    BOOST_TEST(ec_pair().verifies(message, sign(message), "SHA256"));
    BOOST_REQUIRE_EQUAL(start(CKM_ECDSA_SHA512, ec), CKR_OK); // longer than the order: its left half
    BOOST_TEST(ec_pair().verifies(message, sign(message), "SHA512"));
    BOOST_REQUIRE_EQUAL(start(CKM_ECDSA, ec), CKR_OK);
    BOOST_TEST(ec_pair().verifies(message, sign(module::digest(module::Hash::sha1, message)), "SHA1"));
}
BOOST_FIXTURE_TEST_CASE(Parts_give_the_same_signature_as_the_whole, Ready) {
    BOOST_REQUIRE_EQUAL(start(CKM_SHA256_RSA_PKCS, rsa), CKR_OK);
    const auto whole = sign(message);
    BOOST_REQUIRE_EQUAL(start(CKM_SHA256_RSA_PKCS, rsa), CKR_OK);
    for (auto& byte : message) BOOST_REQUIRE_EQUAL(p11->C_SignUpdate(session, &byte, 1), CKR_OK);
    Bytes out(256);
    CK_ULONG size = 0;
    BOOST_REQUIRE_EQUAL(p11->C_SignFinal(session, nullptr, &size), CKR_OK);
    BOOST_TEST(size == 256U);
    size = 255;
    BOOST_TEST(p11->C_SignFinal(session, out.data(), &size) == CKR_BUFFER_TOO_SMALL);
    BOOST_REQUIRE_EQUAL(p11->C_SignFinal(session, out.data(), &size), CKR_OK);
    BOOST_TEST((out == whole));
    BOOST_TEST(p11->C_SignFinal(session, out.data(), &size) == CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(A_size_query_asks_the_card_nothing_and_any_other_error_ends_the_operation, Ready) {
    BOOST_REQUIRE_EQUAL(start(CKM_RSA_PKCS, rsa), CKR_OK);
    own.asked.clear();
    CK_ULONG size = 0;
    BOOST_TEST(p11->C_Sign(session, message.data(), message.size(), nullptr, &size) == CKR_OK);
    BOOST_TEST(own.asked.empty());
    Bytes huge(300), out(256);
    BOOST_TEST(p11->C_Sign(session, huge.data(), huge.size(), out.data(), &size) == CKR_DATA_LEN_RANGE);
    BOOST_TEST(p11->C_Sign(session, message.data(), message.size(), out.data(), &size) ==
               CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(One_call_after_parts_is_refused_and_ends_the_operation, Ready) {
    BOOST_REQUIRE_EQUAL(start(CKM_SHA256_RSA_PKCS, rsa), CKR_OK);
    BOOST_TEST(start(CKM_SHA256_RSA_PKCS, rsa) == CKR_OPERATION_ACTIVE);
    BOOST_REQUIRE_EQUAL(p11->C_SignUpdate(session, message.data(), 1), CKR_OK);
    Bytes out(256);
    CK_ULONG size = out.size();
    BOOST_TEST(p11->C_Sign(session, message.data(), 1, out.data(), &size) == CKR_OPERATION_ACTIVE);
    BOOST_TEST(p11->C_SignFinal(session, out.data(), &size) == CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(A_mechanism_and_a_key_have_to_fit, Ready) {
    BOOST_TEST(start(CKM_ECDSA, rsa) == CKR_KEY_TYPE_INCONSISTENT);
    BOOST_TEST(start(CKM_SHA256, rsa) == CKR_MECHANISM_INVALID);
    BOOST_TEST(start(CKM_RSA_PKCS, 4711) == CKR_KEY_HANDLE_INVALID);
    BOOST_TEST(start(CKM_RSA_PKCS_PSS, rsa) == CKR_MECHANISM_PARAM_INVALID);
    CK_OBJECT_CLASS certificate = CKO_CERTIFICATE;
    BOOST_TEST(start(CKM_RSA_PKCS, find({attribute_of(CKA_CLASS, certificate)}).front()) ==
               CKR_KEY_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_signature_by_another_key_than_remembered_is_not_given_out, Ready) {
    own.keys[0x9A] = &other_rsa_pair(); // what another program did meanwhile
    BOOST_REQUIRE_EQUAL(start(CKM_SHA256_RSA_PKCS, rsa), CKR_OK);
    Bytes out(256);
    CK_ULONG size = out.size();
    BOOST_TEST(p11->C_Sign(session, message.data(), message.size(), out.data(), &size) != CKR_OK);
    own.give(0x9A, other_rsa_pair());
    const auto keys = find({attribute_of(CKA_CLASS, kind)}); // everything is read again
    BOOST_REQUIRE_EQUAL(keys.size(), 2U);
    BOOST_TEST((attribute(keys[1], CKA_MODULUS) == other_rsa_pair().public_key.modulus ||
                attribute(keys[0], CKA_MODULUS) == other_rsa_pair().public_key.modulus));
}
BOOST_FIXTURE_TEST_CASE(Decryption_gives_the_text_and_asks_the_card_once, Ready) {
    for (const bool oaep : {false, true}) {
        auto cipher = rsa_pair().encrypt(as_bytes("forty two"), oaep);
        CK_RSA_PKCS_OAEP_PARAMS parameters{CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, nullptr, 0};
        CK_MECHANISM mechanism{oaep ? CKM_RSA_PKCS_OAEP : CKM_RSA_PKCS, oaep ? &parameters : nullptr,
                               oaep ? sizeof parameters : 0};
        BOOST_REQUIRE_EQUAL(p11->C_DecryptInit(session, &mechanism, rsa), CKR_OK);
        own.asked.clear();
        unsigned char out[64];
        CK_ULONG size = 0;
        BOOST_TEST(p11->C_Decrypt(session, cipher.data(), cipher.size(), nullptr, &size) == CKR_OK);
        BOOST_TEST(size == 256U);
        size = 3;
        BOOST_TEST(p11->C_Decrypt(session, cipher.data(), cipher.size(), out, &size) == CKR_BUFFER_TOO_SMALL);
        BOOST_TEST(size == 9U);
        BOOST_REQUIRE_EQUAL(p11->C_Decrypt(session, cipher.data(), cipher.size(), out, &size), CKR_OK);
        BOOST_TEST(as_text({out, size}) == "forty two");
        BOOST_TEST(own.count("operate") == 1U);
    }
}
BOOST_AUTO_TEST_CASE(A_key_that_wants_its_PIN_each_time_gets_it_together_with_the_operation) {
    Opened at;
    at.own.always.insert(0x9A);
    at.own.give(0x9A, rsa_pair());
    BOOST_REQUIRE_EQUAL(at.login(), CKR_OK);
    const auto key = at.find_one(CKO_PRIVATE_KEY);
    BOOST_TEST((at.attribute(key, CKA_ALWAYS_AUTHENTICATE) == Bytes{CK_TRUE}));
    CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
    Bytes data(20), out(256);
    CK_ULONG size = out.size();
    BOOST_REQUIRE_EQUAL(at.p11->C_SignInit(at.session, &mechanism, key), CKR_OK);
    BOOST_TEST(at.p11->C_Sign(at.session, data.data(), data.size(), out.data(), &size) ==
               CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(at.p11->C_SignInit(at.session, &mechanism, key), CKR_OK);
    at.own.asked.clear();
    BOOST_TEST(at.login("12", CKU_CONTEXT_SPECIFIC) == CKR_PIN_INCORRECT);
    BOOST_TEST(at.login("123456", CKU_CONTEXT_SPECIFIC) == CKR_OK);
    BOOST_TEST(at.own.asked.empty()); // nothing may come between the PIN and the operation
    BOOST_TEST(at.p11->C_Sign(at.session, data.data(), data.size(), out.data(), &size) == CKR_OK);
    BOOST_TEST((at.own.asked == std::vector<std::string>{"operate", "verify_pin"}));
}

BOOST_AUTO_TEST_SUITE_END()
