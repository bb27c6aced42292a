// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita portals: the sheet for whoever's card is in the reader, and an administrator's own portals.
#include "tests/support/practice.hpp"

#include <fstream>
#include <iostream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Desk {
    Desk() : folder(test::scratch() / ("portals" + std::to_string(++count))) {
        fs::create_directories(folder);
    }
    int portals(const std::string& arguments) {
        const auto ran =
            test::run("LC_ALL=C setsid " ACREDITA " portals " + arguments + " --json 2>/dev/null");
        answer = Json::parse(ran.output, nullptr, false);
        return ran.code;
    }
    int sheet(const std::string& arguments) {
        return portals("sheet " + arguments + " --out " + page.string());
    }
    [[nodiscard]] bool page_says(const std::string& words) const {
        return test::run("pdftotext -raw " + page.string() + " -").output.find(words) != std::string::npos;
    }
    [[nodiscard]] int load(const test::Backup& backup) const {
        std::ofstream(folder / "passphrase") << backup.passphrase << '\n';
        std::ofstream(folder / "pin") << "123456\n";
        return test::run("setsid " ACREDITA " issue '" + backup.file.string() +
                         "' --passphrase-fd 3 --pin-fd 4 3<" + (folder / "passphrase").string() + " 4<" +
                         (folder / "pin").string() + " >/dev/null 2>&1")
            .code;
    }

    static inline int count = 0;
    fs::path folder;
    fs::path page = folder / "hoja.pdf";
    Json answer;
};

std::string serial_of(const fs::path& certificate) {
    const auto said = test::run("openssl x509 -noout -serial -in " + certificate.string()).output;
    return said.substr(said.find('=') + 1, said.find('\n') - said.find('=') - 1);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_sheet_at_the_counter, Desk)

BOOST_AUTO_TEST_CASE(is_that_of_the_card_in_the_reader_and_needs_no_pin) {
    const test::Practice card;
    const auto& backup = test::backup("rsa");
    const auto& before = test::backup("ec");
    BOOST_REQUIRE(load(backup) == 0);
    BOOST_REQUIRE(sheet("oficina-virtual --previous " + before.certificate.string()) == 0);
    BOOST_TEST(page_says(serial_of(backup.certificate)));
    BOOST_TEST(page_says(serial_of(before.certificate)));
}

BOOST_AUTO_TEST_CASE(stands_in_the_journal_of_an_office_that_keeps_one) {
    const auto file = (folder / "memory.toml").string();
    std::ofstream(file) << "[database]\nconnection = \"sqlite:" << (folder / "office.db").string()
                        << "\"\n[office]\nkiosk = \"mostrador-1\"\n";
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    const auto made = test::run("ACREDITA_PRACTICE=1 ACREDITA_OFFICE=" + file +
                                " " ACREDITA " portals sheet otro-portal --renewed " +
                                test::backup("rsa").certificate.string() + " --out " + page.string());
    BOOST_REQUIRE_MESSAGE(made.code == 0, made.output);
    const auto journal =
        test::run("ACREDITA_PRACTICE=1 ACREDITA_OFFICE=" + file + " " ACREDITA " journal show --json");
    BOOST_TEST(journal.output.find("portals.sheet") != std::string::npos, journal.output);
    BOOST_TEST(journal.output.find("otro-portal") != std::string::npos);
    BOOST_TEST(journal.output.find("00000000T") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_not_made_for_two_persons_or_one_certificate_twice_or_no_portal) {
    const auto renewed = "--renewed " + test::backup("rsa").certificate.string();
    BOOST_REQUIRE(
        test::run("cd " + folder.string() +
                  " && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj "
                  "'/CN=OTRA PERSONA - 12345678Z/serialNumber=IDCES-12345678Z' -keyout k -out other.pem 2>&1")
            .code == 0);
    BOOST_TEST(sheet("otro-portal " + renewed + " --previous " + (folder / "other.pem").string()) != 0);
    BOOST_TEST(answer["error"]["name"] == "document.other_person");
    BOOST_TEST(sheet("otro-portal " + renewed + " --previous " + test::backup("rsa").certificate.string()) !=
               0);
    BOOST_TEST(answer["error"]["name"] == "document.same_key");
    BOOST_TEST(sheet("sede " + renewed) == 93);
    BOOST_TEST(answer["error"]["name"] == "portals.unknown");
    BOOST_TEST(!fs::exists(page));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(an_administrators_portals, Desk)

BOOST_AUTO_TEST_CASE(are_listed_used_and_their_mistakes_named_by_file_and_line) {
    std::ofstream(folder / "script.sh") << R"(set -eu
mkdir -p /etc/acredita/portals
chmod 755 /etc/acredita /etc/acredita/portals
shipped=$SOURCE/tools/portals/data/oficina-virtual.toml
sed 's|^.es.$|url = "https://sede.universidad.example/perfil"\n[es]|' "$shipped" >/etc/acredita/portals/sede.toml
chmod 644 /etc/acredita/portals/sede.toml
$ACREDITA portals list
$ACREDITA portals show sede
printf '[es]\nname = 3\n' >/etc/acredita/portals/otro-portal.toml
chmod 644 /etc/acredita/portals/otro-portal.toml
$ACREDITA portals list || echo "list: $?"
$ACREDITA portals show otro-portal || echo "show: $?"
$ACREDITA portals show sede >/dev/null && echo "the others stay"
chmod 666 /etc/acredita/portals/sede.toml
$ACREDITA portals show sede || echo "unsafe: $?"
)";
    const auto ran = test::run("export LC_ALL=C ACREDITA=" ACREDITA " SOURCE=" SOURCE_DIR "; sh " SOURCE_DIR
                               "/tests/support/private_etc.sh sh " +
                               (folder / "script.sh").string() + " 2>&1");
    if (ran.code == 77) {
        std::cout << "skipped: no mount namespace on this machine\n";
        return;
    }
    BOOST_TEST(ran.code == 0, ran.output);
    for (const auto* words :
         {"https://sede.universidad.example/perfil  [of this office]",
          "/etc/acredita/portals/otro-portal.toml: line 2: name: a text is expected", "list: 91", "show: 91",
          "the others stay", "others than root may write it", "unsafe: 91"})
        BOOST_TEST(ran.output.find(words) != std::string::npos, words << " not in " << ran.output);
}

BOOST_AUTO_TEST_SUITE_END()
