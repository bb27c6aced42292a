// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Lists of keys and certificates as old cards have them, and as no card should.
#include "firmware-profiles/dialect/entries.hpp"
#include "pcsc/base/tlv.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;

BOOST_AUTO_TEST_SUITE(lists_of_old_cards)

BOOST_AUTO_TEST_CASE(lists_that_lie_are_bounded) {
    const auto entry = [](ByteView path) {
        const auto common = make_tlv(0x30, {});
        const auto own = make_tlv(0x30, make_tlv(0x04, Bytes{1}));
        const auto where = make_tlv(0xA1, make_tlv(0x30, make_tlv(0x30, make_tlv(0x04, path))));
        return make_tlv(0x30, concat({common, own, where}));
    };
    Bytes many;
    for (int i = 0; i < 3000; ++i) append(many, entry(Bytes{0x50, 0x40}));
    using profile::PathForm;
    BOOST_TEST(dialect::read_list(many, PathForm::binary).size() <= 64U);
    BOOST_TEST(dialect::read_list(Bytes(4000, 0x30), PathForm::text).empty());
    // One that makes no sense does not hide its neighbour.
    const auto mixed = concat({make_tlv(0x30, Bytes{0x02, 0x01, 0x05}), entry(Bytes{0x50, 0x41})});
    const auto left = dialect::read_list(mixed, PathForm::binary);
    BOOST_TEST_REQUIRE(left.size() == 1U);
    BOOST_TEST(left.front().path == (Bytes{0x50, 0x41}));
    // As text, with and without back-slashes; a binary path stays one.
    for (const std::string text : {"3F0050157001", "3F00\\5015\\7001"})
        BOOST_TEST(dialect::read_list(entry(as_bytes(text)), PathForm::text).front().path ==
                   from_hex("3F0050157001").value());
    BOOST_TEST(dialect::read_list(entry(Bytes{0x3F, 0x11, 0x01, 0x01}), PathForm::text).front().path ==
               (Bytes{0x3F, 0x11, 0x01, 0x01}));
}

BOOST_AUTO_TEST_SUITE_END()
