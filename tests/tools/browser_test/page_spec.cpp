// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The page a person sees.
#include "tools/browser_test/page.hpp"
#include "tools/catalogue/catalogue.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using browser_test::browser_errc;
using browser_test::Visit;
using catalogue::Language;

Visit proven() {
    issue::CertificateSummary summary;
    summary.holder = "MUESTRA <b>LUCÍA</b> & \"HIJOS\"";
    summary.masked_id = "***0000**";
    summary.issuer = "AC PRACTICAS";
    summary.not_after = "2030-11-20T23:59:59Z";
    summary.key = "RSA 2048";
    return {.fault = {},
            .certificate = summary,
            .signature = "RSA-PSS SHA256",
            .protocol = "TLSv1.3 TLS_AES_128_GCM_SHA256"};
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

BOOST_AUTO_TEST_SUITE(the_page)

BOOST_AUTO_TEST_CASE(names_holder_masked_number_issuer_expiry_and_the_algorithm_of_the_card) {
    const auto html = page(proven(), Language::spanish);
    for (const auto* part : {"LUCÍA", "***0000**", "AC PRACTICAS", "2030-11-20", "RSA 2048", "RSA-PSS SHA256",
                             "Su tarjeta funciona en este navegador", "lang=\"es\""})
        BOOST_TEST(has(html, part), part);
}

BOOST_AUTO_TEST_CASE(takes_nothing_in_a_certificate_for_markup) {
    const auto html = page(proven(), Language::english);
    BOOST_TEST(!has(html, "<b>"));
    BOOST_TEST(has(html, "MUESTRA &lt;b&gt;LUCÍA&lt;/b&gt; &amp; &quot;HIJOS&quot;"));
}

BOOST_AUTO_TEST_CASE(cuts_a_name_of_absurd_length_between_characters) {
    auto visit = proven();
    visit.certificate->holder = "a";
    for (int n = 0; n < 5000; ++n) visit.certificate->holder += "ñ";
    const auto html = page(visit, Language::english);
    BOOST_TEST(html.size() < 6000U);
    BOOST_TEST(has(html, "ñ…"));
}

BOOST_AUTO_TEST_CASE(says_for_every_fault_what_to_do_and_its_code_in_both_languages) {
    for (const auto& row : ErrorTable<browser_errc>::rows) {
        const auto told = fail(row.value).value();
        for (const auto language : {Language::english, Language::spanish}) {
            const auto words = catalogue::row(error_name(told.code), language);
            BOOST_REQUIRE_MESSAGE(words, row.name);
            const auto html = browser_test::page(
                {.fault = row.value, .certificate = {}, .signature = {}, .protocol = {}}, language);
            BOOST_TEST(has(html, browser_test::escaped(words->action)), row.name);
            BOOST_TEST(has(html, " " + std::to_string(words->code) + ", browser."), row.name);
            BOOST_TEST(!has(html, "browser.page."), row.name);
        }
    }
}

BOOST_AUTO_TEST_CASE(needs_nothing_from_anywhere_else) {
    const auto html = page(proven(), Language::english);
    for (const auto* part : {"http:", "https:", "<script", "src=", "url("})
        BOOST_TEST(!has(html, part), part);
}

BOOST_AUTO_TEST_SUITE_END()
