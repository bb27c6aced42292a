// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals in two visits: the card makes the key, the authority answers, and each part is a life of its own
// of the practice, of the card's memory and of every program.
#include "tests/tools/cli/renewal_bench.hpp"

#include <fstream>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using namespace acredita::test;

const std::string who =
    "--request --email lucia@universidad.example --email-again lucia@universidad.example --yes ";

struct Kinds {
    const char *card, *old, *renewed, *answer;
};
std::ostream& operator<<(std::ostream& to, const Kinds& kinds) {
    return to << kinds.card << " " << kinds.old << " " << kinds.renewed << " " << kinds.answer;
}
const Kinds all_kinds[] = {{"piv:firmware=5.4", "rsa:2048", "p256", "cer"},
                           {"piv:firmware=5.7", "p256", "rsa2048", "p7b"},
                           {"piv:firmware=4.3", "rsa:2048", "p256", "p12"},
                           {"piv:firmware=5.4", "p256", "p256", "pem"}};

// The practice's cards outlive it in a file.
practice::Options with_memory(const std::string& card, const fs::path& memory) {
    auto options = practice_options({card});
    options.state = memory;
    return options;
}

// The certificate in the shape in which the authority sends it.
std::string packed(RenewalDesk& desk, const fs::path& pem, const std::string& shape) {
    const auto file = (desk / ("answer." + shape)).string();
    const auto in = "'" + pem.string() + "'";
    std::string command = "cp " + in + " " + file;
    if (shape == "cer") command = "openssl x509 -in " + in + " -outform DER -out " + file;
    if (shape == "p7b")
        command = "openssl crl2pkcs7 -nocrl -certfile '" + (desk / "ca.pem").string() + "' -certfile " + in +
                  " -outform DER -out " + file;
    if (shape == "p12")
        command = "openssl pkcs12 -export -nokeys -in " + in + " -certfile '" + (desk / "ca.pem").string() +
                  "' -passout pass:abc -out " + file;
    const auto ran = run(command + " 2>&1");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    std::ofstream(desk / "abc") << "abc\n";
    return "'" + file + "'" +
           (shape == "p12" ? " --passphrase-fd 3 3<'" + (desk / "abc").string() + "'" : "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_renewal_in_two_visits)

BOOST_DATA_TEST_CASE(goes_on_in_three_lives_of_everything, boost::unit_test::data::make(all_kinds), kinds) {
    RenewalDesk desk;
    const auto memory = desk / "cards";
    const auto old = desk.person("old", kinds.old, -1400, 20);
    fs::path request;
    {
        const Practice first_visit(with_memory(kinds.card, memory));
        BOOST_REQUIRE(desk.load(old) == 0);
        BOOST_REQUIRE(desk.renew("start " + who + "--key " + kinds.renewed) == 0);
        BOOST_TEST(desk.state() == "key_ready");
        request = desk.answer["request"].get<std::string>();
        BOOST_REQUIRE(desk.letter() == 0);
        BOOST_TEST(desk.state() == "waiting");
        const fs::path letter = desk.answer["signed"].get<std::string>();
        BOOST_TEST(desk.judged(letter) == "");
        BOOST_TEST(desk.text_of(letter).find("not issued yet") != std::string::npos);
        BOOST_TEST(desk.letter() == 69); // the second is not due
        BOOST_TEST(desk.error() == "renewal.out_of_order");
    }
    const auto certificate = desk.certify(request, "new");
    {
        const Practice second_visit(with_memory(kinds.card, memory));
        desk.acredita("renew status --json");
        BOOST_TEST(desk.state() == "waiting");
        BOOST_REQUIRE(desk.renew("receive " + packed(desk, certificate, kinds.answer)) == 0);
        BOOST_TEST(desk.state() == "certified");
        BOOST_TEST(desk.answer["receipt"]["certificate"]["sha256"] == fingerprint_of(certificate));
    }
    const Practice third_visit(with_memory(kinds.card, memory));
    BOOST_REQUIRE(desk.letter() == 0);
    const fs::path letter = desk.answer["signed"].get<std::string>();
    BOOST_TEST(desk.judged(letter) == "");
    BOOST_TEST(desk.text_of(letter).find("made by the card itself") != std::string::npos);
    BOOST_REQUIRE(desk.finish() == 0);
    BOOST_TEST(desk.state() == "finished");
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(certificate)}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(takes_the_answer_to_its_own_request_and_no_other) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20);
    const auto stranger = desk.person("stranger", "p256", -1, 1460);
    const Practice practice({"piv:firmware=5.4"});
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.renew("start " + who + "--key p256") == 0);
    const fs::path request = desk.answer["request"].get<std::string>();
    BOOST_TEST(desk.renew("receive '" + stranger.certificate.string() + "'") == 69); // not before the letter
    BOOST_REQUIRE(desk.letter() == 0);
    BOOST_TEST(desk.renew("receive '" + stranger.certificate.string() + "'") == 17);
    BOOST_TEST(desk.error() == "renewal.other_key");
    BOOST_TEST(desk.renew("receive '" + old.certificate.string() + "'") == 58);
    BOOST_TEST(desk.error() == "renewal.old_certificate");
    BOOST_TEST(desk.renew("receive '" + desk.certify(request, "other", 1460, "00000001R").string() + "'") ==
               17);
    BOOST_TEST(desk.error() == "renewal.other_person");
    BOOST_TEST(desk.renew("receive '" + desk.certify(request, "short", 10).string() + "'") == 58);
    BOOST_TEST(desk.error() == "renewal.not_newer");
    BOOST_TEST(desk.renew("receive '" + (desk / "letters.toml").string() + "'") == 13);
    BOOST_TEST(desk.error() == "renewal.no_certificate");
    BOOST_TEST(desk.on_card() == std::vector{fingerprint_of(old.certificate)},
               boost::test_tools::per_element());
    const auto right = "'" + desk.certify(request, "right").string() + "'";
    BOOST_TEST(desk.renew("receive " + right) == 0);
    BOOST_TEST(desk.renew("receive " + right) == 69); // once is enough
}

BOOST_AUTO_TEST_CASE(that_is_abandoned_takes_its_key_along_and_can_begin_again) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20);
    const Practice practice({"piv:firmware=5.7"});
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_REQUIRE(desk.renew("start " + who + "--key p256") == 0);
    BOOST_TEST(desk.renew("abandon --yes") == 57);
    BOOST_TEST(desk.error() == "renewal.reason_needed");
    BOOST_REQUIRE(desk.renew("abandon --yes --reason 'changed her mind'") == 0);
    BOOST_TEST(desk.state() == "abandoned");
    BOOST_TEST(desk.answer["discarded"] == true);
    BOOST_REQUIRE(desk.renew("start " + who + "--key p256") == 0);
    BOOST_TEST(desk.state() == "key_ready");
}

BOOST_AUTO_TEST_CASE(is_refused_before_anything_if_the_card_makes_no_such_key) {
    RenewalDesk desk;
    const auto old = desk.person("old", "p256", -1400, 20);
    const Practice practice({"piv:firmware=4.3"});
    BOOST_REQUIRE(desk.load(old) == 0);
    BOOST_TEST(desk.renew("start " + who + "--key rsa4096") == 34);
    BOOST_TEST(desk.error() == "renewal.cannot_generate");
    desk.acredita("renew status --json");
    BOOST_TEST(desk.answer["renewal"].is_null());
}

BOOST_AUTO_TEST_SUITE_END()
