// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/support/scratch.hpp"
#include "tools/office/configuration.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using office::office_errc;
using office::parse_configuration;

namespace {

void is_refused(const std::string& text, office_errc why) {
    const auto read = parse_configuration(text);
    BOOST_REQUIRE_MESSAGE(!read.has_value(), text);
    BOOST_TEST(is(read.error(), why), describe(read.error()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_configuration_of_an_office)

BOOST_AUTO_TEST_CASE(needs_one_line_for_a_file_and_another_one_for_a_server) {
    const auto file =
        parse_configuration("[database]\nconnection = \"sqlite:/var/lib/acredita/office.db\"\n");
    BOOST_REQUIRE(file.has_value());
    BOOST_TEST((file->database.engine == office::Engine::sqlite));
    BOOST_TEST(file->kiosks == 1);
    const auto server = parse_configuration(
        "[database]\nconnection = \"postgresql:host=/run/postgresql dbname=acredita\"\n[office]\nkiosks = 3\n"
        "kiosk = \"mostrador-2\" # el de la ventana\n[roles]\nana = \"supervisor\"\n");
    BOOST_REQUIRE(server.has_value());
    BOOST_TEST((server->database.engine == office::Engine::postgresql));
    BOOST_TEST(server->kiosk == "mostrador-2");
    BOOST_TEST(server->role_of("ana") == "supervisor");
    BOOST_TEST(server->role_of("eva") == "operator");
}

BOOST_AUTO_TEST_CASE(says_how_certificates_are_renewed) {
    const std::string database = "[database]\nconnection = \"sqlite:/x.db\"\n";
    const auto usual = office::parse_configuration(database);
    BOOST_REQUIRE(usual.has_value());
    BOOST_TEST((usual->renewal.policy == "expired-allowed" && !usual->renewal.fax));
    const auto other = office::parse_configuration(
        database + "[renewal]\npolicy = \"fnmt\"\nfolder = \"/letters\"\nsender = \"a@b.es\"\nfax = true\n");
    BOOST_REQUIRE(other.has_value());
    BOOST_TEST(
        (other->renewal.policy == "fnmt" && other->renewal.folder == "/letters" && other->renewal.fax));
    for (const auto* wrong : {"policy = \"whenever\"", "fax = 1", "window = 30"})
        is_refused(database + "[renewal]\n" + wrong + "\n", office_errc::configuration_invalid);
}

BOOST_AUTO_TEST_CASE(refuses_several_kiosks_with_a_file) {
    is_refused("[database]\nconnection = \"sqlite:/x.db\"\n[office]\nkiosks = 2\n",
               office_errc::several_kiosks);
}

BOOST_AUTO_TEST_CASE(refuses_what_it_does_not_know_instead_of_guessing) {
    for (const auto* text :
         {"", "[database]\n", "[database]\nconnection = 3\n", "[database]\nconection = \"sqlite:/x\"\n",
          "[database]\nconnection = \"sqlite:/x\"\n[ofice]\n",
          "[database]\nconnection = \"sqlite:/x\"\n[office]\nkiosks = 0\n",
          "[database]\nconnection = \"sqlite:/x\"\n[office]\nkiosks = \"2\"\n",
          "[database]\nconnection = \"sqlite:/x\"\n[office]\nkiosk = \"\"\n",
          "[database]\nconnection = \"sqlite:/x\"\n[roles]\nana = \"king\"\n", "database = 1\n",
          "[database\nconnection", "[database]\nconnection = \"sqlite:x\"\n", "\xFF\xFE", "[[[[[[[["})
        is_refused(text, office_errc::configuration_invalid);
}

BOOST_AUTO_TEST_CASE(must_belong_to_its_owner_alone) {
    const auto file = test::scratch_directory() / "office.toml";
    std::ofstream(file) << "[database]\nconnection = \"sqlite:/var/lib/x.db\"\n";
    ::chmod(file.c_str(), 0644);
    const auto read = office::read_configuration(file, ::geteuid());
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->has_value());
    const auto other = office::read_configuration(file, ::geteuid() + 1);
    BOOST_REQUIRE(!other.has_value());
    BOOST_TEST(is(other.error(), office_errc::configuration_unsafe));
    ::chmod(file.c_str(), 0664);
    const auto open = office::read_configuration(file, ::geteuid());
    BOOST_REQUIRE(!open.has_value());
    BOOST_TEST(is(open.error(), office_errc::configuration_unsafe));
}

BOOST_AUTO_TEST_CASE(may_be_absent) {
    const auto read = office::read_configuration("/nowhere/office.toml");
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(!read->has_value());
}

BOOST_AUTO_TEST_SUITE_END()
