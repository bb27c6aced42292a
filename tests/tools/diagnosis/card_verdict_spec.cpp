// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sheets about cards that cannot be served.
#include "tools/diagnosis/card_verdict.hpp"
#include "tools/diagnosis/sheet.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using catalogue::Language;

const Bytes atr = from_hex("3B6F0000806645460138180353023110829000").value();

std::vector<const profile::Family*> all_and_none() {
    std::vector<const profile::Family*> all{nullptr};
    for (const auto& one : profile::built_in_families()) all.push_back(&one);
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(every_sheet_about_a_card)

BOOST_AUTO_TEST_CASE(has_all_its_words_in_both_languages) {
    for (const auto* family : all_and_none()) {
        const auto spanish = diagnosis::page_of(family, atr, "", Language::spanish);
        const auto english = diagnosis::page_of(family, atr, "", Language::english);
        BOOST_TEST_CONTEXT((family != nullptr ? family->name : "unknown")) {
            BOOST_TEST(spanish.lead.size() == (family != nullptr ? 2U : 1U));
            BOOST_TEST(spanish.steps.size() >= 3U);
            BOOST_TEST(spanish.steps.size() == english.steps.size());
            BOOST_TEST(spanish.heading != english.heading);
            for (const auto& page : {spanish, english}) {
                auto words = page.lead;
                words.insert(words.end(), page.steps.begin(), page.steps.end());
                words.insert(words.end(), {page.heading, page.title, page.done, page.trouble});
                for (const auto& text : words) {
                    BOOST_TEST(!text.starts_with("verdict."), text);
                    BOOST_TEST(text.find('{') == std::string::npos, text);
                }
                BOOST_TEST(page.notes.front().find(to_hex(atr)) != std::string::npos);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(fits_on_one_page) {
    const Bytes longest(33, 0x3B);
    for (const auto* family : all_and_none())
        for (const auto language : {Language::spanish, Language::english}) {
            const auto page = diagnosis::page_of(family, longest, std::string(200, 'x'), language);
            const auto sheet = diagnosis::draw_sheet(page, language);
            BOOST_REQUIRE_MESSAGE(sheet, (sheet ? "" : describe(sheet.error())));
            BOOST_TEST(std::string(sheet->begin(), sheet->begin() + 5) == "%PDF-");
        }
}

BOOST_AUTO_TEST_CASE(names_whom_to_ask_and_the_modules_to_ask_for) {
    for (const auto& family : profile::built_in_families()) {
        const auto page = diagnosis::page_of(&family, atr, "Sala 3, tel. 55", Language::spanish);
        BOOST_TEST(page.trouble.find("Sala 3, tel. 55") != std::string::npos);
        const bool never = page.steps.front().find("ningún programa") != std::string::npos;
        BOOST_TEST(never == family.import_never, family.name);
        for (const auto name : family.modules)
            BOOST_TEST(page.steps.at(never ? 1 : 0).find(name) != std::string::npos, family.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
