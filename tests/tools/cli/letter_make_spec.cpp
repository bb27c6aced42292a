// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Letters of a renewal, made and signed by the program: the first with the old card, the second with the new.
#include "tests/support/drawn.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace acredita;
using Json = nlohmann::json;
namespace fs = std::filesystem;

struct Case {
    Case() : folder(test::scratch() / ("letters" + std::to_string(++count))) {
        fs::create_directories(folder);
        std::ofstream(folder / "office.toml")
            << "institution = \"Universidad de Prácticas\"\nname = \"Oficina de acreditación\"\n"
               "place = \"Ninguna Parte\"\naddressee = [\"A la oficina\"]\n";
    }
    fs::path operator/(const std::string& name) const { return folder / name; }

    // A self-signed certificate of that person with a new key.
    fs::path certificate(const std::string& name, const std::string& nif) const {
        const auto ran = test::run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj "
            "'/CN=MUESTRA PRACTICA LUCIA - NIF:" +
            nif + "/serialNumber=IDCES-" + nif + "' -keyout " + (folder / (name + ".key")).string() +
            " -out " + (folder / (name + ".pem")).string() + " 2>&1");
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
        return folder / (name + ".pem");
    }
    int make(const fs::path& previous, const fs::path& renewed, const std::string& more = "") {
        const auto ran =
            test::run("LC_ALL=C " ACREDITA " letter make --previous " + previous.string() + " --renewed " +
                      renewed.string() + folio + " --office " + (folder / "office.toml").string() +
                      " --email lucia@universidad.example " + more + " --json 2>/dev/null");
        answer = Json::parse(ran.output, nullptr, false);
        return ran.code;
    }

    static inline int count = 0;
    std::string folio = " --folio R-1";
    fs::path folder;
    Json answer;
};

std::string with_line(const std::string& name, const std::string& line) {
    const auto file = test::scratch() / name;
    std::ofstream(file) << line << '\n';
    return file.string();
}

int load(const test::Backup& backup) {
    return test::run("LC_ALL=C setsid " ACREDITA " issue '" + backup.file.string() +
                     "' --passphrase-fd 3 --pin-fd 4 3<'" + with_line("passphrase", backup.passphrase) +
                     "' 4<'" + with_line("pin", "123456") + "' >/dev/null 2>&1")
        .code;
}

int sign(const fs::path& from, const fs::path& to, const std::string& options) {
    return test::run("LC_ALL=C " ACREDITA " letter sign '" + from.string() + "' '" + to.string() + "' " +
                     options + " --pin-fd 4 4<'" + with_line("pin", "123456") + "' >/dev/null 2>&1")
        .code;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_letters_of_a_renewal, Case)

BOOST_AUTO_TEST_CASE(are_made_from_two_certificates_and_signed_one_after_the_other_by_two_cards) {
    const auto& before = test::backup("rsa");
    const auto& after = test::backup("ec");
    BOOST_REQUIRE(make(before.certificate, after.certificate, "--out " + (*this / "1.pdf").string()) == 0);
    BOOST_TEST(answer["letter"] == 1);
    {
        const test::Practice old_card;
        BOOST_REQUIRE(load(before) == 0);
        BOOST_REQUIRE(sign(*this / "1.pdf", *this / "1s.pdf",
                           "--folio R-1 --other " + after.certificate.string()) == 0);
    }
    BOOST_REQUIRE(make(before.certificate, after.certificate,
                       "--first " + (*this / "1s.pdf").string() + " --out " + (*this / "2.pdf").string()) ==
                  0);
    BOOST_TEST(answer["letter"] == 2);
    const test::Practice new_card;
    BOOST_REQUIRE(load(after) == 0);
    BOOST_TEST(sign(*this / "2.pdf", *this / "2s.pdf", "--folio R-1 --second") == 71); // where is the first?
    const auto first = "--first " + (*this / "1s.pdf").string();
    BOOST_TEST(sign(*this / "1.pdf", *this / "no.pdf", "--folio R-1") == 71); // the other card's
    BOOST_TEST(sign(*this / "2.pdf", *this / "no.pdf", "--folio R-2 " + first) == 71);
    BOOST_TEST(!fs::exists(*this / "no.pdf"));
    BOOST_TEST(sign(*this / "2.pdf", *this / "2s.pdf", "--folio R-1 " + first) == 0);
    BOOST_TEST(test::shows_its_signature(*this / "2s.pdf"));
    BOOST_TEST(sign(*this / "2s.pdf", *this / "no.pdf", "--folio R-1 " + first) == 71); // twice
    BOOST_TEST(test::run("pdfsig -nocert " + (*this / "2s.pdf").string()).output.find("Signature is Valid") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(are_remembered_by_an_office_that_keeps_them) {
    const auto& before = test::backup("rsa");
    const auto& after = test::backup("ec");
    const auto file = (*this / "memory.toml").string();
    std::ofstream(file) << "[database]\nconnection = \"sqlite:" << (*this / "office.db").string()
                        << "\"\n[office]\nkiosk = \"mostrador-1\"\n";
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    const test::Practice old_card;
    ::setenv("ACREDITA_OFFICE", file.c_str(), 1);
    BOOST_REQUIRE(load(before) == 0);
    folio.clear(); // the office gives the next one
    const auto made = make(before.certificate, after.certificate, "--out " + (*this / "1.pdf").string());
    BOOST_REQUIRE(made == 0);
    const auto given = "--folio " + answer["folio"].get<std::string>();
    BOOST_TEST(answer["folio"].get<std::string>().starts_with("R-"));
    // Made outside of the office, with the same folio: not one byte of it was issued here.
    fs::copy_file(*this / "1.pdf", *this / "longer.pdf");
    std::ofstream(*this / "longer.pdf", std::ios::app) << "\n";
    BOOST_TEST(sign(*this / "longer.pdf", *this / "no.pdf", "--folio R-2026-000999-A") == 71);
    // Issued, but not with what stands behind it.
    BOOST_TEST(sign(*this / "longer.pdf", *this / "no.pdf", given) == 71);
    BOOST_TEST(!fs::exists(*this / "no.pdf"));
    BOOST_TEST(sign(*this / "1.pdf", *this / "1s.pdf", given) == 0);
    BOOST_TEST(sign(*this / "1.pdf", *this / "again.pdf", given) != 0);
    BOOST_TEST(!fs::exists(*this / "again.pdf"));
    const auto journal = test::run("LC_ALL=C " ACREDITA " journal verify --json 2>/dev/null");
    BOOST_TEST(journal.code == 0, journal.output);
    ::unsetenv("ACREDITA_OFFICE");
}

BOOST_AUTO_TEST_CASE(are_not_made_of_one_certificate_twice_or_of_two_persons) {
    const auto lucia = certificate("lucia", "00000000T"), again = certificate("again", "00000000T"),
               other = certificate("other", "00000001R");
    const auto out = " --out " + (*this / "no.pdf").string();
    BOOST_TEST(make(lucia, lucia, out) == 17);
    BOOST_TEST(answer["error"]["name"] == "document.same_key");
    BOOST_TEST(make(lucia, other, out) == 17);
    BOOST_TEST(answer["error"]["name"] == "document.other_person");
    BOOST_TEST(!fs::exists(*this / "no.pdf"));
    BOOST_TEST(make(lucia, again, out) == 0);
}

BOOST_AUTO_TEST_CASE(need_a_first_one_that_is_signed_for_the_second) {
    const auto lucia = certificate("lucia", "00000000T"), again = certificate("again", "00000000T");
    const auto first = (*this / "1.pdf").string();
    BOOST_REQUIRE(make(lucia, again, "--out " + first) == 0);
    BOOST_TEST(make(lucia, again, "--first " + first + " --out " + (*this / "2.pdf").string()) == 63);
    BOOST_TEST(answer["error"]["name"] == "document.first_letter_needed");
    BOOST_TEST(!fs::exists(*this / "2.pdf"));
}

BOOST_AUTO_TEST_CASE(never_overwrite_a_file) {
    const auto lucia = certificate("lucia", "00000000T"), again = certificate("again", "00000000T");
    const auto file = *this / "there.pdf";
    std::ofstream(file) << "mine";
    BOOST_TEST(make(lucia, again, "--out " + file.string()) == 55);
    BOOST_TEST(fs::file_size(file) == 4U);
}

BOOST_AUTO_TEST_CASE(are_made_in_the_language_that_is_asked_for) {
    const auto lucia = certificate("lucia", "00000000T"), again = certificate("again", "00000000T");
    for (const std::string language : {"es", "en"}) {
        const auto file = (*this / (language + ".pdf")).string();
        BOOST_REQUIRE(make(lucia, again, "--language " + language + " --out " + file) == 0);
        const auto title = test::run("pdfinfo " + file + " | grep Title").output;
        BOOST_TEST((title.find("Carta") != std::string::npos) == (language == "es"));
    }
    BOOST_TEST(make(lucia, again, "--language ../x --out " + (*this / "x.pdf").string()) == 2);
    BOOST_TEST(make(lucia, again, "--language ca --out " + (*this / "x.pdf").string()) == 55);
}

BOOST_AUTO_TEST_SUITE_END()
