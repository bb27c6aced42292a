// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How to make the backup again: the words and the page.
#include "tools/diagnosis/sheet.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using catalogue::Language;
using diagnosis::Recipe;

std::vector<Recipe> all() {
    const auto recipes = diagnosis::all_recipes();
    return {recipes.begin(), recipes.end()};
}

} // namespace

namespace acredita::diagnosis {
std::ostream& operator<<(std::ostream& out, Recipe recipe) { return out << name_of(recipe); }
} // namespace acredita::diagnosis

BOOST_AUTO_TEST_SUITE(every_recipe)

BOOST_DATA_TEST_CASE(has_its_steps_in_both_languages, boost::unit_test::data::make(all()), recipe) {
    const auto spanish = diagnosis::page_of(recipe, Language::spanish);
    const auto english = diagnosis::page_of(recipe, Language::english);
    BOOST_TEST(spanish.steps.size() >= 4U);
    BOOST_TEST(spanish.steps.size() == english.steps.size());
    BOOST_TEST(spanish.steps.front() != english.steps.front());
    for (const auto& page : {spanish, english})
        for (const auto& text : {page.title, page.done, page.trouble})
            BOOST_TEST(!text.starts_with("recipe."));
}

BOOST_DATA_TEST_CASE(fits_on_one_page, boost::unit_test::data::make(all()), recipe) {
    for (const auto language : {Language::spanish, Language::english}) {
        const auto sheet = diagnosis::draw_sheet(diagnosis::page_of(recipe, language), language);
        BOOST_REQUIRE_MESSAGE(sheet, (sheet ? "" : describe(sheet.error())));
        BOOST_TEST(std::string(sheet->begin(), sheet->begin() + 5) == "%PDF-");
    }
}

BOOST_DATA_TEST_CASE(is_found_by_its_name, boost::unit_test::data::make(all()), recipe) {
    BOOST_TEST((diagnosis::recipe_named(diagnosis::name_of(recipe)) == recipe));
}

BOOST_AUTO_TEST_CASE(that_does_not_exist_is_not_found) {
    BOOST_TEST(!diagnosis::recipe_named("internet-explorer"));
}

BOOST_AUTO_TEST_CASE(tells_windows_users_to_export_the_private_key) {
    const auto page = diagnosis::page_of(Recipe::windows, Language::spanish);
    BOOST_TEST(page.steps.at(2).find("«Exportar la clave privada»") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_is_too_long_is_refused_rather_than_cut_off) {
    auto page = diagnosis::page_of(Recipe::windows, Language::spanish);
    for (int i = 0; i < 6; ++i)
        page.steps.insert(page.steps.end(), page.steps.begin(), page.steps.begin() + 5);
    BOOST_TEST(!diagnosis::draw_sheet(page, Language::spanish).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
