// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which module serves the card in the reader: ours, or the installed one of its maker. SoftHSM2 plays the
// maker's module, because it lies where only root writes.
#include "firmware-profiles/profile/load.hpp"
#include "tests/pkcs11/client/apart_token.hpp"
#include "tests/tools/issue/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using client::test::ApartToken;

profile::LoadedProfile maker(const std::string& name, ByteView atr, const std::string& file,
                             const std::string& values = {}) {
    auto checked =
        profile::check("name = \"" + name + "\"\ntitle = \"" + name +
                           " Client\"\nevidence = \"documents\"\nsource = \"a test\"\n[match]\natr = [{ "
                           "value = \"" +
                           to_hex(atr) + "\" }]\n[module]\nfiles = [{ path = \"" + file + "\" }]\n" + values,
                       name + ".toml");
    for (const auto& mistake : checked.mistakes) BOOST_ERROR(describe(mistake));
    return std::move(checked.loaded);
}

// The card in the practice reader, what it answers to reset, and the profiles of makers.
struct Office {
    explicit Office(const std::string& card) : bench({card}) {
        const auto state = issue::find_card("");
        BOOST_REQUIRE(state);
        atr = state->atr;
    }
    void know(profile::LoadedProfile one) {
        known.push_back(std::move(one));
        profiles.clear();
        for (const auto& each : known) profiles.push_back(each.profile);
    }
    [[nodiscard]] issue::Request request() const {
        auto wish = bench.request(test::usual_backup().file);
        wish.module.makers = profiles;
        return wish;
    }
    [[nodiscard]] Result<issue::Receipt> run() { return issue::run(request(), bench.people, bench.progress); }

    ApartToken token{};
    test::Bench bench;
    Bytes atr{};
    std::vector<profile::LoadedProfile> known{};
    std::vector<profile::Profile> profiles{};
};

std::string words(const Result<issue::Receipt>& receipt) { return receipt ? "" : describe(receipt.error()); }

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_that_our_module_brings_no_key_onto)

BOOST_AUTO_TEST_CASE(goes_to_its_makers_module_and_is_proven_there) {
    Office office("piv:firmware=noimport");
    if (!office.token.made()) return;
    office.know(maker("soft", office.atr, SOFTHSM_MODULE, "import_role = \"user\""));
    const auto receipt = office.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(receipt->card_profile == "soft");
    BOOST_TEST(receipt->card_maker == "SoftHSM project");
    BOOST_TEST(receipt->proof.card_restarted);
    BOOST_TEST(receipt->proof.module_restarted);
    BOOST_TEST(office.bench.tries().value() == 3U); // the card itself was shown no PIN
}

BOOST_AUTO_TEST_CASE(is_told_so_where_no_makers_module_is_installed) {
    Office office("piv:firmware=noimport");
    office.know(maker("absent", office.atr, "/nowhere/libabsent.so"));
    BOOST_TEST(test::name_of(office.run()) == "issue.import_not_possible");
    BOOST_TEST(office.bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(is_told_so_where_the_makers_module_never_stores) {
    Office office("piv:firmware=noimport");
    office.know(maker("soft", office.atr, SOFTHSM_MODULE, "import_role = \"nobody\""));
    BOOST_TEST(test::name_of(office.run()) == "issue.import_not_possible");
    BOOST_TEST(office.bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(that_two_makers_modules_claim_is_given_to_neither) {
    Office office("piv:firmware=noimport");
    if (!office.token.made()) return;
    office.know(maker("one", office.atr, SOFTHSM_MODULE));
    office.know(maker("two", office.atr, OPENSC_MODULE));
    BOOST_TEST(test::name_of(office.run()) == "client.route_ambiguous");
    BOOST_TEST(office.bench.people.left_alone());
    BOOST_TEST(office.bench.tries().value() == 3U);
}

BOOST_AUTO_TEST_CASE(has_the_fault_of_its_makers_module_named) {
    Office office("piv:firmware=noimport");
    const auto file = office.token.folder() / "libmaker.so"; // in a folder where everybody writes
    std::filesystem::copy_file(SOFTHSM_MODULE, file);
    office.know(maker("open", office.atr, file.string()));
    BOOST_TEST(test::name_of(office.run()) == "client.module_unsafe");
    BOOST_TEST(office.bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(stays_with_the_module_that_a_person_has_forced) {
    Office office("piv:firmware=noimport");
    office.know(maker("soft", office.atr, SOFTHSM_MODULE));
    auto request = office.request();
    request.module.forced = true;
    BOOST_TEST(test::name_of(issue::run(request, office.bench.people, office.bench.progress)) ==
               "issue.import_not_possible");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_card_that_our_module_does_not_know)

BOOST_AUTO_TEST_CASE(goes_to_its_makers_module_and_is_proven_there) {
    Office office("foreign:make=idprime");
    if (!office.token.made()) return;
    office.know(maker("soft", office.atr, SOFTHSM_MODULE, "import_role = \"user\""));
    const auto receipt = office.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST(receipt->card_profile == "soft");
    BOOST_TEST((receipt->proof.refusal == issue::Witness::module));
}

BOOST_AUTO_TEST_CASE(is_not_usable_where_no_makers_module_claims_it) {
    Office office("foreign:make=dnie");
    BOOST_TEST(test::name_of(office.run()) == "issue.card_not_usable");
    BOOST_TEST(office.bench.people.left_alone());
}

BOOST_AUTO_TEST_CASE(is_found_by_its_family_too) {
    Office office("foreign:make=dnie");
    const auto roads = client::maker_roads(client::Choice("/nowhere/libacredita-pkcs11.so"), office.atr);
    BOOST_TEST(roads.size() == 1U); // the police's own module is not installed here, OpenSC's is
    if (roads.size() != 1) return;
    BOOST_TEST(roads.front().profile == "opensc");
    BOOST_TEST(!roads.front().manners.stores); // the family says that nobody but the police writes
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_card_that_our_module_serves)

BOOST_AUTO_TEST_CASE(stays_with_it_whatever_its_answer_to_reset_says) {
    Office office("piv");
    office.know(maker("soft", office.atr, SOFTHSM_MODULE));
    const auto receipt = office.run();
    BOOST_REQUIRE_MESSAGE(receipt, words(receipt));
    BOOST_TEST((receipt->proof.refusal == issue::Witness::card));
}

BOOST_AUTO_TEST_SUITE_END()
