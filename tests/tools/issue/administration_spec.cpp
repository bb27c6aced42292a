// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/administration.hpp"

#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace {

using namespace acredita;
using issue::issue_errc;

class Folder {
public:
    Folder()
        : path_(std::filesystem::temp_directory_path() / ("acredita-spec-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::filesystem::path file(std::string_view text, std::filesystem::perms mode) const {
        const auto name = path_ / "key";
        std::ofstream(name) << text;
        std::filesystem::permissions(name, mode);
        return name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

constexpr auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
constexpr std::string_view some_key = "A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7A0A1A2A3A4A5A6A7\n";

} // namespace

BOOST_AUTO_TEST_SUITE(the_administration_key)

BOOST_AUTO_TEST_CASE(is_read_from_a_file_that_is_its_owners_alone) {
    const Folder folder;
    const auto key = issue::administration_key_from_file(folder.file(some_key, owner_only));
    BOOST_REQUIRE(key.has_value());
    BOOST_TEST(key->hex.size() == 48U);
    BOOST_TEST(!key->is_factory());
}

BOOST_AUTO_TEST_CASE(is_refused_from_a_file_that_others_can_read) {
    const Folder folder;
    const auto key = issue::administration_key_from_file(
        folder.file(some_key, owner_only | std::filesystem::perms::group_read));
    BOOST_REQUIRE(!key.has_value());
    BOOST_TEST(is(key.error(), issue_errc::admin_key_unsafe));
}

BOOST_AUTO_TEST_CASE(is_refused_through_a_symbolic_link) {
    const Folder folder;
    std::filesystem::create_symlink(folder.file(some_key, owner_only), folder.path() / "link");
    const auto key = issue::administration_key_from_file(folder.path() / "link");
    BOOST_REQUIRE(!key.has_value());
    BOOST_TEST(is(key.error(), issue_errc::admin_key_unsafe));
}

BOOST_AUTO_TEST_CASE(that_does_not_exist_is_missing) {
    const auto key = issue::administration_key_from_file("/nonexistent/key");
    BOOST_REQUIRE(!key.has_value());
    BOOST_TEST(is(key.error(), issue_errc::admin_key_missing));
}

BOOST_AUTO_TEST_CASE(must_be_hexadecimal) {
    const auto key = issue::administration_key_from(Secret(as_bytes("this is surely not hexadecimal")));
    BOOST_REQUIRE(!key.has_value());
    BOOST_TEST(is(key.error(), bytes_errc::not_hex));
}

BOOST_AUTO_TEST_CASE(of_the_factory_is_recognised_however_it_came) {
    const auto key = issue::administration_key_from(
        Secret(as_bytes("  010203040506070801020304050607080102030405060708\n")));
    BOOST_REQUIRE(key.has_value());
    BOOST_TEST(key->is_factory());
    BOOST_TEST(issue::factory_administration_key().is_factory());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_configuration)

BOOST_AUTO_TEST_CASE(may_be_absent) {
    const auto configuration = issue::read_configuration("/nonexistent/acredita.toml");
    BOOST_REQUIRE(configuration.has_value());
    BOOST_TEST(configuration->administration_key_file.empty());
}

BOOST_AUTO_TEST_CASE(names_the_key_file_the_module_and_the_office) {
    const Folder folder;
    const auto file =
        folder.file("[administration]\nkey_file = \"/etc/acredita/admin.key\"\n[module]\npath = \"/m.so\"\n"
                    "[office]\nname = \"Registro\"\n",
                    owner_only);
    const auto configuration = issue::read_configuration(file);
    BOOST_REQUIRE(configuration.has_value());
    BOOST_TEST(configuration->administration_key_file.string() == "/etc/acredita/admin.key");
    BOOST_TEST(configuration->module.string() == "/m.so");
    BOOST_TEST(configuration->place == "Registro");
}

BOOST_AUTO_TEST_CASE(may_name_an_office_with_its_accents) {
    const Folder folder;
    const auto configuration = issue::read_configuration(
        folder.file("# Configuraci\xC3\xB3n\n[office]\nname = \"Acreditaci\xC3\xB3n, A Coru\xC3\xB1"
                    "a \xE2\x82\xAC\"\n",
                    owner_only));
    BOOST_REQUIRE(configuration.has_value());
    BOOST_TEST(configuration->place == "Acreditaci\xC3\xB3n, A Coru\xC3\xB1"
                                       "a \xE2\x82\xAC");
}

BOOST_AUTO_TEST_CASE(says_what_becomes_of_a_factory_puk_in_one_of_three_words) {
    const Folder folder;
    BOOST_TEST(issue::read_configuration("/nonexistent/acredita.toml")->puk == "holder");
    BOOST_TEST(issue::read_configuration(folder.file("[pin]\npuk = \"sealed\"\n", owner_only))->puk ==
               "sealed");
    BOOST_TEST(!issue::read_configuration(folder.file("[pin]\npuk = \"open\"\n", owner_only)).has_value());
}

BOOST_AUTO_TEST_CASE(that_would_mislead_the_parser_is_refused) {
    const Folder folder;
    for (const auto* text :
         {"[]\n", "[office]\nname = \xC3\xB1\n", "a = \"\xC3\"\n", "[\xC3\xB1]\n", "[office.]\n"}) {
        const auto configuration = issue::read_configuration(folder.file(text, owner_only));
        BOOST_REQUIRE_MESSAGE(!configuration.has_value(), text);
        BOOST_TEST(is(configuration.error(), issue_errc::configuration_invalid));
    }
    BOOST_TEST(!issue::read_configuration(folder.file(std::string(70000, '#'), owner_only)).has_value());
    BOOST_TEST(!issue::read_configuration("/dev/zero").has_value());
}

BOOST_AUTO_TEST_CASE(that_is_no_toml_names_the_line) {
    const Folder folder;
    const auto configuration = issue::read_configuration(folder.file("\n[office\n", owner_only));
    BOOST_REQUIRE(!configuration.has_value());
    BOOST_TEST(is(configuration.error(), issue_errc::configuration_invalid));
    BOOST_TEST(configuration.error().detail.find("line 2") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
