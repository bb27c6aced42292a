// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Key agreement with a key on the card; the secret is an object of the session.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

struct Ready : Opened {
    Ready() {
        own.give(0x9A, ec_pair());
        BOOST_REQUIRE_EQUAL(login(), CKR_OK);
        key = find_one(CKO_PRIVATE_KEY);
    }
    CK_OBJECT_HANDLE key = 0, secret = 0;
    const Key stranger = Key(EVP_EC_gen("P-256"));
    Bytes point = point_of(stranger);
    CK_ECDH1_DERIVE_PARAMS how{CKD_NULL, 0, nullptr, point.size(), point.data()};
    CK_OBJECT_CLASS kind = CKO_SECRET_KEY;
    CK_KEY_TYPE generic = CKK_GENERIC_SECRET;
    CK_ULONG length = 0;

    static Bytes point_of(const Key& from) {
        Bytes bytes(65);
        std::size_t size = 0;
        BOOST_REQUIRE(EVP_PKEY_get_octet_string_param(from.get(), "pub", bytes.data(), bytes.size(), &size) ==
                      1);
        return bytes;
    }
    CK_RV derive(CK_MECHANISM_TYPE type = CKM_ECDH1_DERIVE) {
        CK_MECHANISM mechanism{type, &how, sizeof how};
        CK_ATTRIBUTE items[] = {{CKA_CLASS, &kind, sizeof kind},
                                {CKA_KEY_TYPE, &generic, sizeof generic},
                                {CKA_VALUE_LEN, &length, sizeof length}};
        return p11->C_DeriveKey(session, &mechanism, key, items, length == 0 ? 2 : 3, &secret);
    }
    // The stranger's side of it, by OpenSSL.
    Bytes agreed() { return ec_pair().raw_ecdh(point); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(KeyAgreement)

BOOST_FIXTURE_TEST_CASE(Both_sides_come_to_the_same_secret_with_a_bare_point_and_a_wrapped_one, Ready) {
    for (const auto type : {CKM_ECDH1_DERIVE, CKM_ECDH1_COFACTOR_DERIVE}) {
        BOOST_REQUIRE_EQUAL(derive(type), CKR_OK);
        BOOST_TEST((attribute(secret, CKA_VALUE) == agreed()));
    }
    auto wrapped = concat({Bytes{0x04, 65}, point});
    how.public_data = wrapped.data();
    how.public_data_len = wrapped.size();
    BOOST_REQUIRE_EQUAL(derive(), CKR_OK);
    BOOST_TEST((attribute(secret, CKA_VALUE) == agreed()));
    BOOST_TEST((attribute(secret, CKA_TOKEN) == Bytes{CK_FALSE}));
}
BOOST_FIXTURE_TEST_CASE(A_shorter_secret_is_the_end_of_it_and_a_longer_one_there_is_not, Ready) {
    length = 16;
    BOOST_REQUIRE_EQUAL(derive(), CKR_OK);
    const auto whole = agreed();
    BOOST_TEST((attribute(secret, CKA_VALUE) == Bytes(whole.end() - 16, whole.end())));
    length = 33;
    BOOST_TEST(derive() == CKR_KEY_SIZE_RANGE);
}
BOOST_FIXTURE_TEST_CASE(The_derivation_of_X963_makes_any_length, Ready) {
    unsigned char shared[] = {'i', 'n', 'f', 'o'};
    how.kdf = CKD_SHA256_KDF;
    how.shared_data = shared;
    how.shared_data_len = sizeof shared;
    length = 40;
    BOOST_REQUIRE_EQUAL(derive(), CKR_OK);
    const auto round = [&](std::uint8_t counter) {
        return module::digest(module::Hash::sha256,
                              concat({agreed(), Bytes{0, 0, 0, counter}, ByteView(shared, sizeof shared)}));
    };
    auto expected = concat({round(1), round(2)});
    expected.resize(40);
    BOOST_TEST((attribute(secret, CKA_VALUE) == expected));
}
BOOST_FIXTURE_TEST_CASE(A_point_off_the_curve_and_parameters_that_make_no_sense_never_reach_the_card, Ready) {
    own.asked.clear();
    point.back() ^= 1U;
    BOOST_TEST(derive() == CKR_MECHANISM_PARAM_INVALID);
    how.public_data_len = 20;
    BOOST_TEST(derive() == CKR_MECHANISM_PARAM_INVALID);
    how.public_data = nullptr;
    BOOST_TEST(derive() == CKR_MECHANISM_PARAM_INVALID);
    how = {99, 0, nullptr, point.size(), point.data()};
    BOOST_TEST(derive() == CKR_MECHANISM_PARAM_INVALID);
    CK_MECHANISM bare{CKM_ECDH1_DERIVE, nullptr, 0};
    BOOST_TEST(p11->C_DeriveKey(session, &bare, key, nullptr, 0, &secret) == CKR_MECHANISM_PARAM_INVALID);
    BOOST_TEST(own.asked.empty());
}
BOOST_FIXTURE_TEST_CASE(Only_a_private_key_of_a_curve_derives_and_only_after_the_login, Ready) {
    const auto mine = key;
    key = 4711;
    BOOST_TEST(derive() == CKR_KEY_HANDLE_INVALID);
    BOOST_TEST(derive(CKM_SHA256) == CKR_MECHANISM_INVALID);
    own.give(0x9C, rsa_pair());
    own.reset();
    BOOST_REQUIRE_EQUAL(find_one(CKO_PROFILE) != 0U, true);
    key = mine;
    BOOST_REQUIRE_EQUAL(p11->C_Logout(session), CKR_OK);
    BOOST_TEST(derive() == CKR_USER_NOT_LOGGED_IN);
}
BOOST_FIXTURE_TEST_CASE(A_key_that_wants_its_PIN_each_time_derives_nothing, Opened) {
    own.always.insert(0x9A);
    own.give(0x9A, ec_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST((attribute(find_one(CKO_PRIVATE_KEY), CKA_DERIVE) == Bytes{CK_FALSE}));
}

BOOST_AUTO_TEST_SUITE_END()
