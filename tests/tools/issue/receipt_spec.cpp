// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/receipt.hpp"

#include <algorithm>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using catalogue::Language;

issue::Receipt sample() {
    issue::Receipt receipt;
    receipt.version = "1";
    receipt.certificate.holder = "PRUEBA EJEMPLO ANA";
    receipt.certificate.masked_id = "***4567**";
    receipt.certificate.fingerprint = std::string(64, 'A');
    receipt.place = 0x9A;
    receipt.proof.refusal = issue::Witness::card;
    receipt.proof.status_word = 0x6982;
    receipt.proof.card_restarted = true;
    return receipt;
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(the_receipt)

BOOST_AUTO_TEST_CASE(in_json_names_what_was_proven_and_by_whom) {
    const auto json = nlohmann::json::parse(issue::to_json(sample()));
    BOOST_TEST(json["proof"]["refused_without_pin"]["by"] == "card");
    BOOST_TEST(json["proof"]["refused_without_pin"]["status_word"] == "6982");
    BOOST_TEST(json["proof"]["protected"]["says"] == "module");
    BOOST_TEST(json["place"] == "9A");
    BOOST_TEST(json["signature_level"] == "advanced");
}

BOOST_AUTO_TEST_CASE(in_json_leaves_the_status_word_out_when_only_the_module_refused) {
    auto receipt = sample();
    receipt.proof.refusal = issue::Witness::module;
    receipt.proof.status_word.reset();
    const auto json = nlohmann::json::parse(issue::to_json(receipt));
    BOOST_TEST(json["proof"]["refused_without_pin"]["by"] == "module");
    BOOST_TEST(!json["proof"]["refused_without_pin"].contains("status_word"));
}

BOOST_AUTO_TEST_CASE(says_in_both_languages_that_the_factory_key_was_used) {
    auto receipt = sample();
    BOOST_TEST(!says(issue::to_text(receipt, Language::english), "FACTORY"));
    receipt.factory_administration_key = true;
    BOOST_TEST(says(issue::to_text(receipt, Language::english), "FACTORY ADMINISTRATION KEY"));
    BOOST_TEST(says(issue::to_text(receipt, Language::spanish), "CLAVE DE ADMINISTRACIÓN DE FÁBRICA"));
}

BOOST_AUTO_TEST_CASE(says_that_an_imported_key_makes_advanced_signatures) {
    BOOST_TEST(says(issue::to_text(sample(), Language::spanish), "Clave importada: firma avanzada"));
    BOOST_TEST(says(issue::to_text(sample(), Language::english), "Imported key: advanced signature"));
}

BOOST_AUTO_TEST_CASE(of_the_practice_mode_says_so_in_its_title) {
    auto receipt = sample();
    receipt.practice = true;
    BOOST_TEST(issue::to_text(receipt, Language::spanish).starts_with("JUSTIFICANTE DE PRÁCTICA"));
}

BOOST_AUTO_TEST_CASE(has_a_text_for_every_line_in_both_languages) {
    auto receipt = sample();
    receipt.resumed = receipt.factory_administration_key = receipt.factory_pin = true;
    receipt.replaced = "AB";
    for (const auto language : {Language::spanish, Language::english})
        BOOST_TEST(!says(issue::to_text(receipt, language), "receipt."));
}

BOOST_AUTO_TEST_CASE(fits_on_a_page_of_80_columns) {
    auto receipt = sample();
    receipt.resumed = receipt.factory_administration_key = receipt.factory_pin = true;
    for (const auto language : {Language::spanish, Language::english}) {
        std::istringstream lines(issue::to_text(receipt, language));
        for (std::string line; std::getline(lines, line);) {
            const auto columns = std::ranges::count_if(
                line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
            BOOST_TEST(columns <= 80, line);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
