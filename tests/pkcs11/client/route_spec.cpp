// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which slots of a maker's module are a reader's.
#include "pkcs11/client/route.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita::client;

const std::string reader = "Maker Corp. Smart Reader with a long name [CCID Interface] (0123456789) 00 00";

std::vector<CK_SLOT_ID> chosen(const std::vector<std::string>& descriptions) {
    std::vector<SlotInfo> slots;
    for (const auto& one : descriptions) slots.push_back({slots.size(), one, "", true});
    std::vector<CK_SLOT_ID> ids;
    for (const auto& one : slots_of_reader(slots, reader)) ids.push_back(one.id);
    return ids;
}

using Ids = std::vector<CK_SLOT_ID>;

} // namespace

BOOST_AUTO_TEST_SUITE(the_slot_of_a_reader)

BOOST_AUTO_TEST_CASE(is_the_one_called_like_it_as_far_as_a_description_goes) {
    BOOST_TEST((chosen({"Another reader 00 00", reader.substr(0, 64)}) == Ids{1}));
}

BOOST_AUTO_TEST_CASE(may_have_its_name_cut_or_a_word_behind_it) {
    BOOST_TEST((chosen({"Maker Corp. Smart", "Other Corp. Smart"}) == Ids{0}));
    BOOST_TEST((chosen({"Other", reader + " slot 1"}) == Ids{1}));
    BOOST_TEST((chosen({"slot 1 of " + reader}) == Ids{0}));
}

BOOST_AUTO_TEST_CASE(that_fits_exactly_comes_before_one_that_fits_about) {
    BOOST_TEST((chosen({"Maker Corp. Smart", reader.substr(0, 64)}) == Ids{1}));
}

BOOST_AUTO_TEST_CASE(is_not_one_that_fits_by_chance) {
    BOOST_TEST(chosen({"Maker", "Virtual hotplug slot", ""}).empty());
}

BOOST_AUTO_TEST_CASE(may_be_several_and_then_all_are_told) {
    BOOST_TEST((chosen({reader.substr(0, 64), reader.substr(0, 64)}) == Ids{0, 1}));
}

BOOST_AUTO_TEST_SUITE_END()
