// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An office that keeps a journal: what a load and a letter leave in it, and what happens when it cannot be
// written.
#include "tests/support/practice.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <stdlib.h>
#include <sys/stat.h>

namespace {

using namespace acredita;
using Json = nlohmann::json;

std::string written(const std::string& name, const std::string& text) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
    return file.string();
}

std::string content(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// An office with an empty database of its own, until the fixture ends.
class OfficeFile {
public:
    explicit OfficeFile(const std::string& database = {}) {
        static int count = 0;
        database_ = database.empty() ? (test::scratch() / ("cli" + std::to_string(++count) + ".db")).string()
                                     : database;
        const auto file = written("office.toml", "[database]\nconnection = \"sqlite:" + database_ +
                                                     "\"\n[office]\nkiosk = \"mostrador-1\"\n");
        ::setenv("ACREDITA_OFFICE", file.c_str(), 1);
    }
    ~OfficeFile() { ::unsetenv("ACREDITA_OFFICE"); }
    OfficeFile(const OfficeFile&) = delete;
    OfficeFile& operator=(const OfficeFile&) = delete;
    [[nodiscard]] const std::string& database() const noexcept { return database_; }

private:
    std::string database_;
};

test::Ran load(const std::string& options = "", const std::string& pin = "123456") {
    return test::run("LC_ALL=C " ACREDITA " issue '" + test::backup().file.string() +
                     "' --passphrase-fd 3 --pin-fd 4 " + options + " 3<'" +
                     written("passphrase", test::backup().passphrase + "\n") + "' 4<'" +
                     written("pin", pin + "\n") + "' 2>/dev/null");
}

test::Ran journal(const std::string& command) {
    return test::run("LC_ALL=C " ACREDITA " journal " + command + " --json 2>/dev/null");
}
Json records(const std::string& command) {
    const auto ran = journal(command);
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    return Json::parse(ran.output)["records"];
}

std::vector<std::string> actions(const Json& records) {
    std::vector<std::string> all;
    for (const auto& record : records) all.push_back(record["action"].get<std::string>());
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(an_office_with_a_journal)

BOOST_AUTO_TEST_CASE(records_every_step_and_prints_the_head_on_the_receipt) {
    const test::Practice practice;
    const OfficeFile office;
    const auto receipt = (test::scratch() / "receipt.json").string();
    const auto page = (test::scratch() / "receipt.txt").string();
    const auto done = load("--document dni --receipt '" + receipt + "' --receipt '" + page + "'");
    BOOST_REQUIRE_MESSAGE(done.code == 0, done.output);
    const auto all = records("show --last 100");
    const std::vector<std::string> expected = {"issue.begin",
                                               "issue.card",
                                               "issue.capability",
                                               "issue.administration",
                                               "issue.envelope",
                                               "issue.open",
                                               "issue.destination",
                                               "issue.pin",
                                               "issue.store_certificate",
                                               "issue.store_key",
                                               "issue.restart",
                                               "issue.prove_certificate",
                                               "issue.prove_refusal",
                                               "issue.prove_protection",
                                               "issue.prove_signature",
                                               "issue.finish",
                                               "issue.end",
                                               "journal.show"};
    BOOST_TEST(actions(all) == expected, boost::test_tools::per_element());
    BOOST_TEST(all[0]["facts"]["document"] == "dni");
    BOOST_TEST(all[0]["kiosk"] == "mostrador-1");
    BOOST_TEST(all[12]["facts"]["word"] == "6982");
    BOOST_TEST(all[16]["holder"].get<std::string>().size() == 64U);
    BOOST_TEST(all[16]["card"] == all[1]["card"]);
    const auto head = Json::parse(content(receipt))["journal_head"].get<std::string>();
    BOOST_TEST(head == "17:" + all[16]["hash"].get<std::string>());
    BOOST_TEST(content(page).find("17:\n") != std::string::npos);
    BOOST_TEST(journal("verify --head " + head).code == 0);
}

BOOST_AUTO_TEST_CASE(names_nobody_and_tells_no_secret) {
    const test::Practice practice;
    const OfficeFile office;
    BOOST_REQUIRE(load().code == 0);
    const auto file = (test::scratch() / "exported.jsonl").string();
    std::filesystem::remove(file);
    BOOST_REQUIRE(journal("export '" + file + "'").code == 0);
    const auto lines = content(file) + content(office.database());
    const auto holder = test::run("openssl x509 -in '" + test::backup().certificate.string() +
                                  "' -noout -subject -nameopt multiline | sed -n 's/.*commonName *= *//p'");
    BOOST_REQUIRE(holder.output.size() > 5U);
    for (const std::string& word :
         {holder.output.substr(0, holder.output.find(' ')), test::backup().passphrase,
          std::string("00000000T"), std::string("010203040506")})
        BOOST_TEST(lines.find(word) == std::string::npos, word);
    const auto python = test::run("python3 " SOURCE_DIR "/tools/office/verify_journal.py '" + file + "'");
    BOOST_TEST(python.code == 0, python.output);
}

BOOST_AUTO_TEST_CASE(records_what_went_wrong_and_who_searched) {
    const test::Practice practice;
    const OfficeFile office;
    BOOST_TEST(load("", "000000").code == 40);
    const auto failure = records("show").at(7);
    BOOST_TEST(failure["action"] == "issue.pin");
    BOOST_TEST(failure["outcome"] == "failed");
    BOOST_TEST(failure["code"] == 40);
    BOOST_TEST(failure["facts"]["name"] == "issue.pin_wrong");
    BOOST_TEST(records("find --nif 00000001R").empty());
    const auto search = records("show --last 2").at(0);
    BOOST_TEST(search["action"] == "journal.find");
    BOOST_TEST(search["facts"]["by"] == "nif");
    BOOST_TEST(search["holder"].get<std::string>().size() == 64U);
}

BOOST_AUTO_TEST_CASE(does_nothing_that_it_cannot_record) {
    const test::Practice practice;
    const OfficeFile office("/nowhere/at/all/office.db");
    static_cast<void>(practice.take_exchanges());
    const auto refused = load();
    BOOST_TEST(refused.code == 88);
    BOOST_TEST(practice.take_exchanges() == 0U);
}

BOOST_AUTO_TEST_CASE(of_which_somebody_changed_a_record_says_so_and_goes_no_further) {
    const test::Practice practice;
    const OfficeFile office;
    BOOST_REQUIRE(load().code == 0);
    const auto tampered = test::run(
        "python3 -c \"import sqlite3; d = sqlite3.connect('" + office.database() +
        "'); d.execute('DROP TRIGGER journal_unchanged'); d.execute('UPDATE journal SET line = "
        "replace(line, \\'mostrador-1\\', \\'mostrador-2\\') WHERE number = 17'); d.commit()\" 2>&1");
    BOOST_REQUIRE_MESSAGE(tampered.code == 0, tampered.output);
    const auto verdict = journal("verify");
    BOOST_TEST(verdict.code == 87);
    const auto json = Json::parse(verdict.output);
    BOOST_REQUIRE(json["faults"].size() == 1U);
    BOOST_TEST(json["faults"][0]["flaw"] == "changed");
    BOOST_TEST(json["faults"][0]["number"] == 17);
    BOOST_TEST(load().code == 87);
}

BOOST_AUTO_TEST_CASE(is_signed_by_the_card_and_records_a_letter) {
    const test::Practice practice;
    const OfficeFile office;
    BOOST_REQUIRE(load().code == 0);
    const auto letter = (test::scratch() / "journal-letter.pdf").string();
    const auto signed_letter = (test::scratch() / "journal-signed.pdf").string();
    BOOST_REQUIRE(test::run(SAMPLE_LETTER " '" + letter + "' 2>&1").code == 0);
    const auto pin = written("pin", "123456\n");
    const auto ran = test::run("LC_ALL=C " ACREDITA " letter sign '" + letter + "' '" + signed_letter +
                               "' --json --chain '" + test::backup().issuer.string() + "' --pin-fd 4 4<'" +
                               pin + "' 2>/dev/null");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    const auto head = Json::parse(ran.output)["journal_head"].get<std::string>();
    const auto last = records("show --last 2").at(0);
    BOOST_TEST(last["action"] == "letter.sign");
    BOOST_TEST(last["facts"]["sha256"] == Json::parse(ran.output)["sha256"]);
    BOOST_TEST(head == "18:" + last["hash"].get<std::string>());
    const auto point =
        test::run("LC_ALL=C " ACREDITA " journal checkpoint --json --pin-fd 4 4<'" + pin + "' 2>/dev/null");
    BOOST_REQUIRE_MESSAGE(point.code == 0, point.output);
    const auto verdict = Json::parse(journal("verify --head " + head).output);
    BOOST_TEST(verdict["ok"] == true);
    BOOST_TEST(verdict["signers"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(knows_who_is_expected_and_records_who_has_come) {
    ::setenv("ACREDITA_PRACTICE", "1", 1);
    const OfficeFile office;
    const auto list =
        written("citas.csv", "Fecha;Hora;Código;Nombre\n21/11/2026;9:30;A-1;Ejemplo, Ana\n;;;\n");
    const auto run = [](const std::string& command) {
        const auto ran = test::run("LC_ALL=C " ACREDITA " appointments " + command + " --json 2>/dev/null");
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
        return Json::parse(ran.output);
    };
    const auto imported = run("import '" + list + "'");
    BOOST_TEST(imported["added"] == 1);
    BOOST_TEST(imported["skipped"][0]["line"] == 3);
    BOOST_TEST(run("import '" + list + "'")["unchanged"] == 1);
    BOOST_TEST(run("arrive A-1 --day 21/11/2026")["name"] == "Ejemplo, Ana");
    BOOST_TEST(run("list --day 2026-11-21")["appointments"][0]["state"] == "arrived");
    BOOST_TEST(test::run(ACREDITA " appointments arrive B-2 2>/dev/null").code == 96);
    BOOST_TEST(run("forget --before 2026-11-22")["forgotten"] == 1);
    const std::vector<std::string> expected = {"appointments.import", "appointments.import",
                                               "appointments.arrive", "appointments.forget", "journal.show"};
    BOOST_TEST(actions(records("show")) == expected, boost::test_tools::per_element());
    ::unsetenv("ACREDITA_PRACTICE");
}

BOOST_AUTO_TEST_CASE(is_no_concern_of_an_office_without_one) {
    const test::Practice practice;
    ::unsetenv("ACREDITA_OFFICE");
    const auto done = load("--json");
    BOOST_REQUIRE(done.code == 0);
    BOOST_TEST(Json::parse(done.output)["receipt"]["journal_head"].is_null());
    BOOST_TEST(journal("show").code == 91);
}

BOOST_AUTO_TEST_SUITE_END()
