// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every enumerator of every ErrorTable of the project has words in both languages and a code of its own kind.
#include "firmware-profiles/dialect/types.hpp"
#include "firmware-profiles/profile/error.hpp"
#include "pcsc/apdu/exchange.hpp"
#include "pcsc/base/bytes.hpp"
#include "pcsc/reader/error.hpp"
#include "pkcs11/client/client_error.hpp"
#include "pkcs11/client/cryptoki_error.hpp"
#include "tools/catalogue/catalogue.hpp"
#include "tools/cli/error.hpp"
#include "tools/desk/error.hpp"
#include "tools/diagnosis/error.hpp"
#include "tools/issue/error.hpp"
#include "tools/letter/document/errors.hpp"
#include "tools/letter/errors.hpp"
#include "tools/letter/match/errors.hpp"
#include "tools/office/error.hpp"
#include "tools/p12/errc.hpp"
#include "tools/portals/error.hpp"
#include "tools/practice/error.hpp"
#include "tools/register/error.hpp"
#include "tools/renewal/errors.hpp"
#include "tools/stick/error.hpp"
#include "tools/trace/trace.hpp"

#include <boost/mp11.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

using Families =
    boost::mp11::mp_list<bytes_errc, apdu_errc, card::card_errc, client::client_errc, client::cryptoki_errc,
                         diagnosis::diagnosis_errc, issue::issue_errc, letter::document_errc,
                         letter::match_errc, cli::cli_errc, desk::desk_errc, letter::letter_errc,
                         office::office_errc, p12::p12_errc, portals::portals_errc, profile::profile_errc,
                         practice::practice_errc, reader::reader_errc, registration::register_errc,
                         renewal::renewal_errc, stick::stick_errc, trace::trace_errc>;

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity_t, Families>>([&]<class E>(E) {
        for (const auto& row : ErrorTable<E>::rows)
            names.push_back(std::string(ErrorTable<E>::family) + "." + std::string(row.name));
    });
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(every_error_of_the_project)

BOOST_DATA_TEST_CASE(has_three_sentences_in_both_languages_and_a_code,
                     boost::unit_test::data::make(all_names()), name) {
    for (const auto language : {catalogue::Language::spanish, catalogue::Language::english}) {
        const auto row = catalogue::row(name, language);
        BOOST_REQUIRE_MESSAGE(row.has_value(), name << " has no text");
        BOOST_TEST(row->code >= 10U);
        BOOST_TEST(!row->what.empty());
        BOOST_TEST(!row->means.empty());
        BOOST_TEST(!row->action.empty());
    }
}

BOOST_DATA_TEST_CASE(says_different_things_in_different_languages, boost::unit_test::data::make(all_names()),
                     name) {
    const auto spanish = catalogue::row(name, catalogue::Language::spanish);
    const auto english = catalogue::row(name, catalogue::Language::english);
    BOOST_REQUIRE((spanish.has_value() && english.has_value()));
    BOOST_TEST(spanish->what != english->what);
    BOOST_TEST(spanish->action != english->action);
}

// What is done at a terminal is no help before the kiosk's window (tools/kiosk/controller/trouble.cpp).
BOOST_DATA_TEST_CASE(names_a_command_only_where_the_kiosk_has_a_sentence_instead,
                     boost::unit_test::data::make(all_names()), name) {
    const auto family = name.substr(0, name.find('.'));
    if (family != "issue" && family != "cryptoki" && family != "client" && family != "reader" &&
        family != "p12" && family != "desk" && family != "stick")
        return; // no visit meets them
    const auto commands = [](const std::string& text) {
        return text.find("acredita card") != text.npos || text.find("acredita p") != text.npos ||
               text.find("acredita doctor") != text.npos || text.find("acredita readers") != text.npos ||
               text.find("--") != text.npos;
    };
    const auto instead = "kiosk.instead." + name;
    for (const auto language : {catalogue::Language::spanish, catalogue::Language::english}) {
        if (catalogue::has_text(instead))
            BOOST_TEST(!commands(catalogue::text(instead, language)));
        else
            BOOST_TEST(!commands(std::string(catalogue::row(name, language).value().action)), name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
