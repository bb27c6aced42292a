// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is done with public keys, in software: OpenSSL signs and decrypts for the card, we verify and encrypt.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

CK_RSA_PKCS_PSS_PARAMS pss256{CKM_SHA256, CKG_MGF1_SHA256, 32};
CK_RSA_PKCS_PSS_PARAMS pss384{CKM_SHA384, CKG_MGF1_SHA384, 48};
unsigned char label[] = "a label";
CK_RSA_PKCS_OAEP_PARAMS oaep1{CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, nullptr, 0};
CK_RSA_PKCS_OAEP_PARAMS oaep256{CKM_SHA256, CKG_MGF1_SHA256, CKZ_DATA_SPECIFIED, label, 7};

struct Way {
    CK_MECHANISM mechanism;
    std::size_t input; // the only length it takes; 0: any
};
template <class T>
Way with(CK_MECHANISM_TYPE type, T& parameters, std::size_t input = 0) {
    return {{type, &parameters, sizeof parameters}, input};
}

struct Ready : Opened {
    Ready() {
        own.give(0x9A, rsa_pair());
        own.give(0x9C, ec_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
        privates = find({attribute_of(CKA_CLASS, kind)});
        kind = CKO_PUBLIC_KEY;
        publics = find({attribute_of(CKA_CLASS, kind)});
        BOOST_REQUIRE_EQUAL(privates.size(), 2U);
        BOOST_REQUIRE_EQUAL(publics.size(), 2U);
    }
    std::vector<CK_OBJECT_HANDLE> privates{}, publics{};
    std::vector<Way> rsa{{{CKM_RSA_PKCS, nullptr, 0}, 0},        {{CKM_RSA_X_509, nullptr, 0}, 0},
                         {{CKM_SHA1_RSA_PKCS, nullptr, 0}, 0},   {{CKM_SHA224_RSA_PKCS, nullptr, 0}, 0},
                         {{CKM_SHA256_RSA_PKCS, nullptr, 0}, 0}, {{CKM_SHA384_RSA_PKCS, nullptr, 0}, 0},
                         {{CKM_SHA512_RSA_PKCS, nullptr, 0}, 0}, with(CKM_RSA_PKCS_PSS, pss256, 32),
                         with(CKM_SHA256_RSA_PKCS_PSS, pss256),  with(CKM_SHA384_RSA_PKCS_PSS, pss384)};
    std::vector<Way> ec{{{CKM_ECDSA, nullptr, 0}, 32},       {{CKM_ECDSA_SHA1, nullptr, 0}, 0},
                        {{CKM_ECDSA_SHA224, nullptr, 0}, 0}, {{CKM_ECDSA_SHA256, nullptr, 0}, 0},
                        {{CKM_ECDSA_SHA384, nullptr, 0}, 0}, {{CKM_ECDSA_SHA512, nullptr, 0}, 0}};

    static Bytes input_for(const Way& way) { return Bytes(way.input != 0 ? way.input : 60, 0x41); }
    Bytes sign(Way way, std::size_t pair) {
        auto data = input_for(way);
        Bytes out(256);
        CK_ULONG size = out.size();
        BOOST_REQUIRE_EQUAL(p11->C_SignInit(session, &way.mechanism, privates[pair]), CKR_OK);
        BOOST_REQUIRE_EQUAL(p11->C_Sign(session, data.data(), data.size(), out.data(), &size), CKR_OK);
        out.resize(size);
        return out;
    }
    CK_RV verify(Way way, std::size_t pair, Bytes data, Bytes signature) {
        BOOST_REQUIRE_EQUAL(p11->C_VerifyInit(session, &way.mechanism, publics[pair]), CKR_OK);
        return p11->C_Verify(session, data.data(), data.size(), signature.data(), signature.size());
    }
    CK_RV verify_in_parts(Way way, std::size_t pair, Bytes data, Bytes signature) {
        BOOST_REQUIRE_EQUAL(p11->C_VerifyInit(session, &way.mechanism, publics[pair]), CKR_OK);
        for (auto& byte : data) BOOST_REQUIRE_EQUAL(p11->C_VerifyUpdate(session, &byte, 1), CKR_OK);
        return p11->C_VerifyFinal(session, signature.data(), signature.size());
    }
    template <class F>
    void each(F&& f) {
        for (const auto& way : rsa) f(way, 0U);
        for (const auto& way : ec) f(way, 1U);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(Verification)

BOOST_FIXTURE_TEST_CASE(Every_mechanism_that_signs_verifies_whole_and_in_parts, Ready) {
    each([&](const Way& way, std::size_t pair) {
        const auto signature = sign(way, pair);
        own.asked.clear();
        BOOST_TEST(verify(way, pair, input_for(way), signature) == CKR_OK, way.mechanism.mechanism);
        BOOST_TEST(verify_in_parts(way, pair, input_for(way), signature) == CKR_OK, way.mechanism.mechanism);
        BOOST_TEST(own.asked.empty());
    });
}
BOOST_FIXTURE_TEST_CASE(Other_data_another_signature_and_another_length_are_told_apart, Ready) {
    each([&](const Way& way, std::size_t pair) {
        const auto signature = sign(way, pair);
        auto data = input_for(way);
        data.back() ^= 1U;
        BOOST_TEST(verify(way, pair, data, signature) == CKR_SIGNATURE_INVALID, way.mechanism.mechanism);
        auto wrong = signature;
        wrong[0]++;
        BOOST_TEST(verify(way, pair, input_for(way), wrong) == CKR_SIGNATURE_INVALID,
                   way.mechanism.mechanism);
        wrong.resize(4);
        BOOST_TEST(verify(way, pair, input_for(way), wrong) == CKR_SIGNATURE_LEN_RANGE,
                   way.mechanism.mechanism);
        BOOST_TEST(verify(way, pair, input_for(way), Bytes(signature.size(), 0)) == CKR_SIGNATURE_INVALID);
        BOOST_TEST(verify(way, pair, input_for(way), Bytes(signature.size(), 0xFF)) == CKR_SIGNATURE_INVALID);
    });
}
BOOST_FIXTURE_TEST_CASE(A_verification_that_failed_is_over, Ready) {
    unsigned char data[4] = {};
    BOOST_TEST(verify(rsa[0], 0, Bytes(4), Bytes(4)) == CKR_SIGNATURE_LEN_RANGE);
    BOOST_TEST(p11->C_Verify(session, data, 4, data, 4) == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_TEST(p11->C_VerifyUpdate(session, data, 4) == CKR_OPERATION_NOT_INITIALIZED);
    BOOST_TEST(p11->C_VerifyFinal(session, data, 4) == CKR_OPERATION_NOT_INITIALIZED);
}
BOOST_FIXTURE_TEST_CASE(Verifying_and_encrypting_need_no_login, Ready) {
    const auto signature = sign(rsa[0], 0);
    BOOST_REQUIRE_EQUAL(p11->C_Logout(session), CKR_OK);
    BOOST_TEST(verify(rsa[0], 0, input_for(rsa[0]), signature) == CKR_OK);
    CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
    BOOST_TEST(p11->C_EncryptInit(session, &mechanism, publics[0]) == CKR_OK);
}
BOOST_FIXTURE_TEST_CASE(Data_come_back_out_of_a_signature_that_was_made_for_that, Ready) {
    for (const auto type : {CKM_RSA_PKCS, CKM_RSA_X_509}) {
        CK_MECHANISM mechanism{type, nullptr, 0};
        const auto length = type == CKM_RSA_PKCS ? std::size_t{64} : std::size_t{256};
        Bytes data(length, 0x3C), signature(256), back(256);
        CK_ULONG size = signature.size();
        BOOST_REQUIRE_EQUAL(p11->C_SignRecoverInit(session, &mechanism, privates[0]), CKR_OK);
        BOOST_REQUIRE_EQUAL(p11->C_SignRecover(session, data.data(), data.size(), signature.data(), &size),
                            CKR_OK);
        BOOST_REQUIRE_EQUAL(p11->C_VerifyRecoverInit(session, &mechanism, publics[0]), CKR_OK);
        size = 10;
        BOOST_TEST(p11->C_VerifyRecover(session, signature.data(), 256, back.data(), &size) ==
                   CKR_BUFFER_TOO_SMALL);
        BOOST_TEST(size == length);
        BOOST_REQUIRE_EQUAL(p11->C_VerifyRecover(session, signature.data(), 256, back.data(), &size), CKR_OK);
        back.resize(size);
        BOOST_TEST((back == data));
        BOOST_REQUIRE_EQUAL(p11->C_VerifyRecoverInit(session, &mechanism, publics[0]), CKR_OK);
        signature[0] = 0xFF;
        signature[1] = 0xFF;
        BOOST_TEST(p11->C_VerifyRecover(session, signature.data(), 256, back.data(), &size) ==
                   CKR_SIGNATURE_INVALID);
    }
    CK_MECHANISM hashing{CKM_SHA256_RSA_PKCS, nullptr, 0};
    BOOST_TEST(p11->C_SignRecoverInit(session, &hashing, privates[0]) == CKR_MECHANISM_INVALID);
}
BOOST_FIXTURE_TEST_CASE(What_is_encrypted_here_the_card_decrypts_labels_and_all, Ready) {
    CK_MECHANISM ways[] = {{CKM_RSA_PKCS, nullptr, 0},
                           {CKM_RSA_PKCS_OAEP, &oaep1, sizeof oaep1},
                           {CKM_RSA_PKCS_OAEP, &oaep256, sizeof oaep256}};
    for (auto& mechanism : ways)
        for (const std::size_t length : {0U, 1U, 40U}) {
            Bytes text(length, 0x55), cipher(256), back(256);
            CK_ULONG size = 0;
            BOOST_REQUIRE_EQUAL(p11->C_EncryptInit(session, &mechanism, publics[0]), CKR_OK);
            BOOST_TEST(p11->C_Encrypt(session, text.data(), length, nullptr, &size) == CKR_OK);
            BOOST_TEST(size == 256U);
            size = 255;
            BOOST_TEST(p11->C_Encrypt(session, text.data(), length, cipher.data(), &size) ==
                       CKR_BUFFER_TOO_SMALL);
            BOOST_REQUIRE_EQUAL(p11->C_Encrypt(session, text.data(), length, cipher.data(), &size), CKR_OK);
            BOOST_REQUIRE_EQUAL(p11->C_DecryptInit(session, &mechanism, privates[0]), CKR_OK);
            BOOST_REQUIRE_EQUAL(p11->C_Decrypt(session, cipher.data(), size, back.data(), &size), CKR_OK);
            back.resize(size);
            BOOST_TEST((back == text));
        }
    oaep256.ulSourceDataLen = 6; // another label
    Bytes cipher(256), back(256);
    CK_ULONG size = 256;
    BOOST_REQUIRE_EQUAL(p11->C_EncryptInit(session, &ways[2], publics[0]), CKR_OK);
    oaep256.ulSourceDataLen = 7;
    BOOST_REQUIRE_EQUAL(p11->C_Encrypt(session, label, 7, cipher.data(), &size), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_DecryptInit(session, &ways[2], privates[0]), CKR_OK);
    BOOST_TEST(p11->C_Decrypt(session, cipher.data(), size, back.data(), &size) ==
               CKR_ENCRYPTED_DATA_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_raw_number_is_encrypted_as_it_is_if_it_is_below_the_modulus, Ready) {
    CK_MECHANISM mechanism{CKM_RSA_X_509, nullptr, 0};
    Bytes number(256, 0x22), cipher(256);
    CK_ULONG size = 256;
    BOOST_REQUIRE_EQUAL(p11->C_EncryptInit(session, &mechanism, publics[0]), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_EncryptUpdate(session, number.data(), 100, cipher.data(), &size), CKR_OK);
    BOOST_TEST(size == 0U);
    size = 256;
    BOOST_REQUIRE_EQUAL(p11->C_EncryptUpdate(session, number.data() + 100, 156, cipher.data(), &size),
                        CKR_OK);
    size = 256;
    BOOST_REQUIRE_EQUAL(p11->C_EncryptFinal(session, cipher.data(), &size), CKR_OK);
    BOOST_TEST((rsa_pair().raw_rsa(cipher) == number));
    Bytes above(256, 0xFF), longer(257, 1);
    BOOST_REQUIRE_EQUAL(p11->C_EncryptInit(session, &mechanism, publics[0]), CKR_OK);
    BOOST_TEST(p11->C_Encrypt(session, above.data(), 256, cipher.data(), &size) == CKR_DATA_INVALID);
    BOOST_REQUIRE_EQUAL(p11->C_EncryptInit(session, &mechanism, publics[0]), CKR_OK);
    BOOST_TEST(p11->C_Encrypt(session, longer.data(), 257, cipher.data(), &size) == CKR_DATA_LEN_RANGE);
}

BOOST_AUTO_TEST_SUITE_END()
