// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/module/mechanism.hpp"

#include <algorithm>
#include <set>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::module;

namespace {

const Abilities piv{
    .keys = {{card::KeyType::rsa, 1024}, {card::KeyType::rsa, 2048}, {card::KeyType::ec, 256}},
    .generated = {{card::KeyType::rsa, 2048}},
    .rsa_raw = true,
    .ecdsa = true};

bool listed(CK_MECHANISM_TYPE type, const Abilities& abilities) {
    const auto list = mechanism_list(abilities);
    return std::ranges::find(list, type) != list.end();
}

} // namespace

BOOST_AUTO_TEST_SUITE(Mechanisms)

BOOST_AUTO_TEST_CASE(No_mechanism_stands_in_the_table_twice) {
    std::set<CK_MECHANISM_TYPE> seen;
    for (const auto& row : mechanisms()) BOOST_TEST(seen.insert(row.type).second, row.type);
}
BOOST_AUTO_TEST_CASE(A_card_with_the_raw_operation_offers_PSS_and_X509) {
    BOOST_TEST(listed(CKM_RSA_PKCS_PSS, piv));
    BOOST_TEST(listed(CKM_RSA_X_509, piv));
}
BOOST_AUTO_TEST_CASE(A_card_that_pads_by_itself_offers_neither_PSS_nor_decryption) {
    const Abilities openpgp{.keys = {{card::KeyType::rsa, 2048}}, .rsa_pkcs1 = true};
    BOOST_TEST(listed(CKM_RSA_PKCS, openpgp));
    BOOST_TEST(!listed(CKM_RSA_PKCS_PSS, openpgp));
    BOOST_TEST(!listed(CKM_RSA_X_509, openpgp));
    BOOST_TEST((mechanism_info(**find_mechanism(CKM_RSA_PKCS, 0, openpgp), openpgp).flags & CKF_DECRYPT) ==
               0U);
}
BOOST_AUTO_TEST_CASE(What_the_card_generates_is_told_apart_from_what_it_signs_with) {
    BOOST_TEST(listed(CKM_RSA_PKCS_KEY_PAIR_GEN, piv));
    BOOST_TEST(!listed(CKM_EC_KEY_PAIR_GEN, piv));
}
BOOST_AUTO_TEST_CASE(Sizes_come_from_the_card_and_keys_work_in_hardware) {
    const auto info = mechanism_info(**find_mechanism(CKM_SHA256_RSA_PKCS, CKF_SIGN, piv), piv);
    BOOST_TEST(info.ulMinKeySize == 1024U);
    BOOST_TEST(info.ulMaxKeySize == 2048U);
    BOOST_TEST(info.flags == (CKF_HW | CKF_SIGN | CKF_VERIFY));
}
BOOST_AUTO_TEST_CASE(Every_listed_mechanism_has_an_info_and_a_purpose) {
    for (const auto type : mechanism_list(piv)) {
        const auto row = find_mechanism(type, 0, piv);
        BOOST_REQUIRE(row.has_value());
        BOOST_TEST((mechanism_info(**row, piv).flags & ~CKF_HW) != 0U);
    }
}
BOOST_AUTO_TEST_CASE(Parameters_that_contradict_the_mechanism_are_refused) {
    CK_RSA_PKCS_PSS_PARAMS given{CKM_SHA_1, CKG_MGF1_SHA1, 20};
    const CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS_PSS, &given, sizeof given};
    const auto row = find_mechanism(CKM_SHA256_RSA_PKCS_PSS, 0, piv);
    const auto read = pss_parameters(mechanism, **row);
    BOOST_REQUIRE(!read.has_value());
    BOOST_TEST(to_rv(read.error()) == CKR_MECHANISM_PARAM_INVALID);
}

BOOST_AUTO_TEST_SUITE_END()
