// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The data of a renewal that may change.
#include "tools/renewal/contact.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::renewal;

std::string outcome(const Result<std::string>& read) { return read ? *read : error_name(read.error().code); }
std::string email(const std::string& text) { return outcome(read_email(text, text)); }

} // namespace

BOOST_AUTO_TEST_SUITE(an_address_to_write_to)

BOOST_AUTO_TEST_CASE(is_typed_twice_the_same_way) {
    BOOST_TEST(outcome(read_email(" lucia@universidad.example", "lucia@universidad.example ")) ==
               "lucia@universidad.example");
    BOOST_TEST(outcome(read_email("lucia@universidad.example", "lucía@universidad.example")) ==
               "renewal.emails_differ");
    BOOST_TEST(outcome(read_email("lucia@universidad.example", "")) == "renewal.emails_differ");
}

BOOST_AUTO_TEST_CASE(has_the_shape_of_one) {
    for (const auto* good : {"a@b.es", "l.m-p_2+x@uni.example", "lucía@correo.españa"})
        BOOST_TEST(email(good) == good);
    for (const auto* bad : {"", "lucia", "@b.es", "a@", "a@b", "a@b..es", ".a@b.es", "a.@b.es", "a b@c.es",
                            "a@b@c.es", "a@-b.es", "a@b-.es", "a@b.es.", "a,b@c.es", "a\n@b.es"})
        BOOST_TEST(email(bad) == "renewal.email_malformed", "»" << bad << "«");
    BOOST_TEST(email(std::string(65, 'a') + "@b.es") == "renewal.email_malformed");
    BOOST_TEST(email("a@" + std::string(250, 'b') + ".es") == "renewal.email_malformed");
}

BOOST_AUTO_TEST_CASE(with_a_common_slip_is_asked_about) {
    BOOST_TEST(likely_meant("lucia@gmial.com").value_or("") == "lucia@gmail.com");
    BOOST_TEST(likely_meant("lucia@Hotmial.com").value_or("") == "lucia@hotmail.com");
    BOOST_TEST(!likely_meant("lucia@universidad.example"));
}

BOOST_AUTO_TEST_CASE(is_shown_without_saying_whose_it_is) {
    BOOST_TEST(masked_email("lucia@universidad.example") == "lu…@universidad.example");
    BOOST_TEST(masked_email("ab@b.es") == "a…@b.es");
    BOOST_TEST(masked_email("a@b.es") == "…@b.es");
    BOOST_TEST(masked_email("lúcia@b.es") == "l…@b.es");
    BOOST_TEST(masked_email("nothing").empty());
}

BOOST_AUTO_TEST_CASE(may_be_a_telephone_as_well) {
    BOOST_TEST(outcome(read_phone(" +34 600 00 00 00 ")) == "+34 600 00 00 00");
    BOOST_TEST(outcome(read_phone("")).empty());
    for (const auto* bad : {"12345", "1234567890123456", "6000x0000", "34+600000000"})
        BOOST_TEST(outcome(read_phone(bad)) == "renewal.phone_malformed");
}

BOOST_AUTO_TEST_SUITE_END()
