// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita issue --acta: the page that the new key signs once it is on the card.
#include "tests/support/drawn.hpp"

#include <fstream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Desk {
    Desk() : folder(test::scratch() / ("acta" + std::to_string(++count))) {
        fs::create_directories(folder);
        std::ofstream(folder / "office.toml")
            << "institution = \"Universidad de Prácticas\"\nname = \"Oficina de acreditación\"\n"
               "place = \"Ninguna Parte\"\n";
    }
    int issue(const test::Backup& backup, const std::string& pins, const std::string& options = "") {
        std::ofstream(folder / "passphrase") << backup.passphrase << '\n';
        std::ofstream(folder / "pin") << pins;
        const auto ran =
            test::run("LC_ALL=es_ES.UTF-8 setsid " ACREDITA " issue '" + backup.file.string() +
                      "' --json --acta " + acta.string() + " --office " + (folder / "office.toml").string() +
                      " --receipt " + (folder / "receipt.json").string() + " --yes-overwrite " + options +
                      " --passphrase-fd 3 --pin-fd 4 3<" + (folder / "passphrase").string() + " 4<" +
                      (folder / "pin").string() + " 2>/dev/null");
        answer = Json::parse(ran.output, nullptr, false);
        return ran.code;
    }
    [[nodiscard]] std::string says(const std::string& tool) const {
        return test::run(tool + " " + acta.string() + " 2>&1").output;
    }
    // The signature's CMS and the bytes it covers, as anyone would cut them out.
    [[nodiscard]] test::Ran openssl_verifies(const fs::path& chain) const {
        return test::run(
            "cd " + folder.string() +
            " && python3 - <<'END'\nimport re\nb=open('acta.pdf','rb').read()\n"
            "a,n,c,m=[int(x) for x in re.findall(rb'ByteRange ?\\[ ?(\\d+) (\\d+) (\\d+) (\\d+)',b)[-1]]\n"
            "h=bytes.fromhex(b[a+n+1:c-1].decode())\n"
            "size=4+int.from_bytes(h[2:4],'big')\n"
            "open('cms.der','wb').write(h[:size])\n"
            "open('ranges','wb').write(b[a:a+n]+b[c:c+m])\nassert c+m==len(b)\nEND\n"
            "openssl cms -verify -cades -binary -inform DER -in cms.der -content ranges -purpose any "
            "-partial_chain -CAfile " +
            chain.string() + " -out /dev/null 2>&1");
    }

    static inline int count = 0;
    fs::path folder;
    fs::path acta = folder / "acta.pdf";
    Json answer;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_acta_of_a_load, Desk)

BOOST_DATA_TEST_CASE(is_signed_by_the_new_key_and_anyone_can_check_it,
                     boost::unit_test::data::make({"rsa", "ec"}), kind) {
    const test::Practice card;
    const auto& backup = test::backup(kind);
    BOOST_REQUIRE(issue(backup, "123456\n123456\n") == 0);
    BOOST_TEST(answer["ok"] == true);
    const auto pdfsig = says("pdfsig -nocert");
    BOOST_TEST(has(pdfsig, "Signature is Valid"), pdfsig);
    BOOST_TEST(has(pdfsig, "Total document signed"), pdfsig);
    BOOST_TEST(has(says("qpdf --check"), "No syntax or stream encoding errors"));
    const auto cms = openssl_verifies(backup.issuer);
    BOOST_TEST(cms.code == 0, cms.output);
    const auto verdict = test::run("LC_ALL=C " ACREDITA " letter verify " + acta.string() + " --json");
    BOOST_TEST(verdict.code == 0, verdict.output);
    const auto text = test::run("pdftotext -raw " + acta.string() + " -").output;
    BOOST_TEST(has(text, "Universidad de Prácticas"));
    BOOST_TEST(has(text, answer["receipt"]["certificate"]["serial"].get<std::string>()));
    BOOST_TEST(has(text, "PRÁCTICA: la tarjeta es virtual"));
    BOOST_TEST(test::shows_its_signature(acta));
}

BOOST_AUTO_TEST_CASE(carries_the_receipt_that_was_written) {
    const test::Practice card;
    BOOST_REQUIRE(issue(test::backup("rsa"), "123456\n123456\n") == 0);
    const auto inside = test::run("pdfdetach -savefile acta.json -o /dev/stdout " + acta.string());
    const auto receipt = test::run("cat " + (folder / "receipt.json").string());
    BOOST_TEST(has(inside.output, receipt.output));
}

BOOST_AUTO_TEST_CASE(is_not_made_unless_it_is_asked_for) {
    const test::Practice card;
    const auto& backup = test::backup("rsa");
    BOOST_REQUIRE(issue(backup, "123456\n123456\n") == 0);
    const auto with = card.take_exchanges();
    fs::remove(acta);
    std::ofstream(folder / "pin") << "123456\n";
    BOOST_REQUIRE(test::run(ACREDITA " issue '" + backup.file.string() +
                            "' --yes-overwrite --passphrase-fd 3 --pin-fd 4 3<" +
                            (folder / "passphrase").string() + " 4<" + (folder / "pin").string() +
                            " >/dev/null 2>&1")
                      .code == 0);
    BOOST_TEST(!fs::exists(acta));
    BOOST_TEST(card.take_exchanges() < with);
}

BOOST_AUTO_TEST_CASE(without_the_holders_pin_is_not_made_and_the_load_stands) {
    const test::Practice card;
    // Nobody types it a second time: no try is spent.
    BOOST_TEST(issue(test::backup("rsa"), "123456\n") == 93);
    BOOST_TEST(answer["ok"] == false);
    BOOST_TEST(answer["receipt"]["proof"]["signature"]["verified"] == true);
    BOOST_TEST(!fs::exists(acta));
    BOOST_TEST(fs::exists(folder / "receipt.json"));
    BOOST_TEST(std::distance(fs::directory_iterator(folder), {}) == 4); // nothing half made is left
    // Run again, it goes on where it was.
    BOOST_TEST(issue(test::backup("rsa"), "123456\n123456\n") == 0);
    BOOST_TEST(fs::exists(acta));
}

BOOST_AUTO_TEST_CASE(never_takes_the_place_of_another_file_and_says_so_before_the_load) {
    const test::Practice card;
    std::ofstream(acta) << "mine";
    BOOST_TEST(issue(test::backup("rsa"), "123456\n123456\n") != 0);
    BOOST_TEST(answer["error"]["name"] == "letter.output_exists");
    BOOST_TEST(!answer.contains("receipt"));
    BOOST_TEST(card.take_exchanges() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
