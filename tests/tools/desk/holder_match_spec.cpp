// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Names as cards, certificates and people write them.
#include "tools/desk/holder_match.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using desk::compare_names;
using desk::Difference;
using desk::Likeness;
using Pair = std::pair<const char*, const char*>;

std::string likeness(const Pair& names) {
    const auto there = compare_names(names.first, names.second);
    const auto back = compare_names(names.second, names.first);
    return std::string(name_of(there.likeness)) +
           (there.likeness == back.likeness && there.why == back.why ? "" : ", and not the same backwards");
}

} // namespace

namespace std {
ostream& operator<<(ostream& to, const pair<const char*, const char*>& names) {
    return to << names.first << " / " << names.second;
}
} // namespace std

BOOST_AUTO_TEST_SUITE(two_names)

BOOST_DATA_TEST_CASE(are_the_same_however_they_are_written,
                     boost::unit_test::data::make(std::vector<Pair>{
                         {"MUESTRA ÑANDÚ LUCÍA - 00000000T", "Lucía Muestra Ñandú"},
                         {"MUESTRA NANDU LUCIA", "Lucía Muestra Ñandú"},
                         {"Muestra Ñandú, Lucía", "LUCIA MUESTRA NANDU"},
                         {"DE LA VEGA Y DEL RÍO ANA", "Ana Vega Río"},
                         {"MARÍA PÉREZ GIL", "Mª Perez Gil"},
                         {"M.ª Pérez-Gil Fdez.", "MARIA PEREZ GIL FERNANDEZ"},
                         {"Jordi Puig i Cadafalch", "PUIG CADAFALCH JORDI"},
                         {"Lucia\xCC\x81 Muestra", "LUCÍA MUESTRA"}, // NFD
                         {"IDOIA O'DONNELL", "O’Donnell Idoia"}}),
                     names) {
    BOOST_TEST(likeness(names) == "identical");
}

BOOST_DATA_TEST_CASE(are_similar_if_nothing_contradicts,
                     boost::unit_test::data::make(std::vector<Pair>{
                         {"MUESTRA ÑANDÚ LUCÍA", "Lucía Muestra"},
                         {"MUESTRA ÑANDÚ LUCÍA ISABEL", "L. Isabel Muestra Ñandú"},
                         {"GARCÍA LÓPEZ ANA", "Ana López García"},
                         {"GONZALEZ RUIZ PEDRO", "Pedro Gonzales Ruiz"}}),
                     names) {
    BOOST_TEST(likeness(names) == "similar");
}

BOOST_DATA_TEST_CASE(are_different_if_a_word_contradicts_or_too_little_is_said,
                     boost::unit_test::data::make(std::vector<Pair>{
                         {"MUESTRA ÑANDÚ LUCÍA", "Muestra Ñandú Isabel"},
                         {"GARCÍA LÓPEZ ANA", "Ana García Ruiz"},
                         {"ANA", "GARCÍA LÓPEZ ANA"},
                         {"", ""},
                         {"", "GARCÍA LÓPEZ ANA"},
                         {"LUIS PAZ GIL", "LUZ PAZ GIL"}}),
                     names) {
    BOOST_TEST(likeness(names) == "different");
}

BOOST_AUTO_TEST_CASE(say_in_both_languages_what_the_difference_is) {
    const auto match = compare_names("MUESTRA ÑANDÚ LUCÍA", "Lucía Muestra");
    BOOST_TEST((match.why == std::vector{Difference::missing}));
    BOOST_TEST((match.only_first == std::vector<std::string>{"ÑANDÚ"}));
    const auto spanish = explain(match, catalogue::Language::spanish);
    BOOST_REQUIRE_EQUAL(spanish.size(), 2U);
    BOOST_TEST(spanish[1] == "Solo el primero dice: ÑANDÚ.");
    BOOST_TEST(explain(match, catalogue::Language::english)[1] == "Only the first one says: ÑANDÚ.");
    const auto swapped = compare_names("GARCÍA LÓPEZ ANA", "Ana López García");
    BOOST_TEST((swapped.why == std::vector{Difference::order}));
}

BOOST_AUTO_TEST_CASE(do_no_harm_if_they_are_no_text_or_endless) {
    BOOST_TEST(likeness({"\xFF\xFE\x80", "Ana"}) == "different");
    const std::string endless(100000, 'a');
    BOOST_TEST((compare_names(endless + " b", endless + " b").likeness == Likeness::identical));
    std::string many;
    for (int i = 0; i < 10000; ++i) many += "a b c d ";
    BOOST_TEST(!many.empty());
    (void)compare_names(many, endless);
}

BOOST_AUTO_TEST_CASE(are_looked_for_in_the_label_of_a_card_that_may_just_name_the_card) {
    BOOST_TEST(!desk::holder_in_label("YubiKey PIV #5201"));
    BOOST_TEST(!desk::holder_in_label("PIV_II"));
    BOOST_TEST(!desk::holder_in_label("Acredita"));
    BOOST_TEST(!desk::holder_in_label(""));
    BOOST_TEST((desk::holder_in_label("MUESTRA LUCIA 2030-11") == "MUESTRA LUCIA"));
}

BOOST_AUTO_TEST_SUITE_END()
