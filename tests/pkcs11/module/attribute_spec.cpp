// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The five cases of C_GetAttributeValue (PKCS #11 v2.40 base, 5.7), and matching.
#include "pkcs11/module/attribute.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::module;

BOOST_AUTO_TEST_SUITE(Attribute)

BOOST_AUTO_TEST_CASE(A_sensitive_value_is_refused_and_its_length_unavailable) {
    Attributes all;
    all.set_sensitive(CKA_PRIME_1);
    CK_ATTRIBUTE item{CKA_PRIME_1, nullptr, 0};
    BOOST_TEST(give(item, std::nullopt, all.sensitive(CKA_PRIME_1)) == CKR_ATTRIBUTE_SENSITIVE);
    BOOST_TEST(item.ulValueLen == unavailable);
}
BOOST_AUTO_TEST_CASE(An_absent_value_is_invalid_and_its_length_unavailable) {
    CK_ATTRIBUTE item{CKA_LABEL, nullptr, 7};
    BOOST_TEST(give(item, std::nullopt, false) == CKR_ATTRIBUTE_TYPE_INVALID);
    BOOST_TEST(item.ulValueLen == unavailable);
}
BOOST_AUTO_TEST_CASE(Without_a_buffer_the_length_is_told) {
    const Bytes value{1, 2, 3};
    CK_ATTRIBUTE item{CKA_LABEL, nullptr, 0};
    BOOST_TEST(give(item, ByteView(value), false) == CKR_OK);
    BOOST_TEST(item.ulValueLen == 3U);
}
BOOST_AUTO_TEST_CASE(A_short_buffer_stays_untouched) {
    const Bytes value{1, 2, 3};
    unsigned char room[2] = {9, 9};
    CK_ATTRIBUTE item{CKA_LABEL, room, 2};
    BOOST_TEST(give(item, ByteView(value), false) == CKR_BUFFER_TOO_SMALL);
    BOOST_TEST(item.ulValueLen == unavailable);
    BOOST_TEST(room[0] == 9);
}
BOOST_AUTO_TEST_CASE(An_empty_value_is_given_and_is_not_absent) {
    const Bytes value;
    unsigned char room[2];
    CK_ATTRIBUTE item{CKA_URL, room, 2};
    BOOST_TEST(give(item, ByteView(value), false) == CKR_OK);
    BOOST_TEST(item.ulValueLen == 0U);
}
BOOST_AUTO_TEST_CASE(A_template_with_a_length_but_no_value_is_malformed) {
    CK_ATTRIBUTE item{CKA_LABEL, nullptr, 5};
    BOOST_TEST(!Template(&item, 1).well_formed());
    item.ulValueLen = 0;
    BOOST_TEST(Template(&item, 1).well_formed());
}
BOOST_AUTO_TEST_CASE(A_number_of_another_size_is_no_number) {
    unsigned char byte = 1;
    CK_ATTRIBUTE item{CKA_CLASS, &byte, 1};
    BOOST_TEST(!Template(&item, 1).find_ulong(CKA_CLASS).has_value());
}
BOOST_AUTO_TEST_CASE(A_sensitive_value_matches_nothing) {
    Attributes all;
    all.set_sensitive(CKA_PRIME_1);
    CK_ATTRIBUTE item{CKA_PRIME_1, nullptr, 0};
    BOOST_TEST(!Template(&item, 1).matches(all));
}

BOOST_AUTO_TEST_SUITE_END()
