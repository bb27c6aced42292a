// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The code of an incident, as people say and mishear it.
#include "tools/desk/incident.hpp"
#include "tools/issue/error.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using desk::Incident;

constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

} // namespace

BOOST_AUTO_TEST_SUITE(the_code_of_an_incident)

BOOST_AUTO_TEST_CASE(is_short_and_drawn_by_lot) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto one = Incident::draw();
        BOOST_REQUIRE(one.has_value());
        BOOST_TEST(one->code().size() == 7U);
        BOOST_TEST(one->code()[2] == '-');
        seen.insert(one->code());
    }
    BOOST_TEST(seen.size() > 190U);
}

BOOST_AUTO_TEST_CASE(is_read_however_it_is_typed) {
    const auto one = Incident::draw();
    BOOST_REQUIRE(one.has_value());
    std::string typed = " ";
    for (const char c : one->code())
        typed += std::string(1, c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c))) + " ";
    const auto read = Incident::read(typed);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->code() == one->code());
}

BOOST_AUTO_TEST_CASE(shows_every_wrong_sign_and_every_swapped_pair) {
    for (int i = 0; i < 50; ++i) {
        const auto good = Incident::draw()->code();
        for (std::size_t at = 0; at < good.size(); ++at) {
            if (good[at] == '-') continue;
            for (const char other : signs) {
                auto bad = good;
                bad[at] = other;
                BOOST_TEST(Incident::read(bad).has_value() == (other == good[at]));
            }
        }
        auto plain = good;
        plain.erase(2, 1);
        for (std::size_t at = 0; at + 1 < plain.size(); ++at) {
            auto bad = plain;
            std::swap(bad[at], bad[at + 1]);
            BOOST_TEST(Incident::read(bad).has_value() == (bad == plain));
        }
    }
}

BOOST_AUTO_TEST_CASE(is_none_if_it_is_too_short_too_long_or_something_else) {
    for (const auto* typed : {"", "A7", "A7-3F2K9", "¿A7-3F2?", "--- ---"})
        BOOST_TEST(!Incident::read(typed).has_value(), typed);
}

BOOST_AUTO_TEST_CASE(goes_into_a_picture_with_what_went_wrong_and_without_its_detail) {
    const auto one = Incident::draw();
    const auto error = fail(issue::issue_errc::pin_wrong, "2").value();
    BOOST_TEST(one->as_code(error) == "ACREDITA:INCIDENCIA:1:" + one->code() + ":40:issue.pin_wrong");
}

BOOST_AUTO_TEST_SUITE_END()
