// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The administrator's file: what it may say, and that a bad one says nothing.
#include "pkcs11/module/configuration.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita::module;

namespace {

struct File {
    File() { BOOST_REQUIRE(::mkdtemp(folder) != nullptr); }
    ~File() { std::filesystem::remove_all(folder); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    char folder[32] = "/tmp/acredita-config-XXXXXX";
    [[nodiscard]] std::filesystem::path path() const { return std::filesystem::path(folder) / "module.toml"; }
    [[nodiscard]] Configuration saying(const std::string& text) const {
        std::ofstream(path(), std::ios::binary) << text;
        return read();
    }
    [[nodiscard]] Configuration read() const { return read_configuration(path(), ::geteuid()); }
};

bool is_safe(const Settings& settings) {
    return settings.guard_last_try && settings.keypads && settings.certificate_cache &&
           settings.confirmed.empty() && settings.remember_pin.count() == 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(ConfigurationFile)

BOOST_AUTO_TEST_CASE(No_file_is_the_safe_defaults_and_no_complaint) {
    const File file;
    const auto read = file.read();
    BOOST_TEST(is_safe(read.settings));
    BOOST_TEST(read.complaint.empty());
    BOOST_TEST(is_safe(file.saying("").settings));
}
BOOST_AUTO_TEST_CASE(Everything_it_may_say_is_taken) {
    const File file;
    const auto read = file.saying("[pin]\nlast_try = \"open\"\nkeypad = false\nremember_seconds = 600\n"
                                  "[cache]\ncertificates = false\n"
                                  "[cards]\nconfirmed = [\"ceres\", \"gemalto-classic\"]\n");
    BOOST_TEST(read.complaint == "");
    BOOST_TEST(read.settings.confirmed == (std::vector<std::string>{"ceres", "gemalto-classic"}));
    BOOST_TEST(!read.settings.guard_last_try);
    BOOST_TEST(!read.settings.keypads);
    BOOST_TEST(!read.settings.certificate_cache);
    BOOST_TEST(read.settings.remember_pin.count() == 600);
}
BOOST_AUTO_TEST_CASE(One_mistake_and_nothing_of_the_file_counts) {
    const File file;
    for (const auto* mistake :
         {"last_try = \"never\"", "last_try = 1", "keypad = \"yes\"", "remember_seconds = -1",
          "remember_seconds = 28801", "remember_seconds = 1.5", "pin_cache = 3",
          "keypad = ", "= = =", "[[pin]]", "keypad = false\nkeypad = true", "\x01\x02\xFF"}) {
        const auto read = file.saying("[cache]\ncertificates = false\n[pin]\n" + std::string(mistake) + "\n");
        BOOST_TEST(is_safe(read.settings), mistake);
        BOOST_TEST(!read.complaint.empty(), mistake);
        BOOST_TEST(read.complaint.size() <= 200U);
        for (const auto character : read.complaint) BOOST_TEST((character >= ' ' && character <= '~'));
    }
    for (const auto* mistake :
         {"confirmed = \"ceres\"", "confirmed = [1]", "confirmed = [\"\"]", "all = true"}) {
        const auto read = file.saying("[cards]\n" + std::string(mistake) + "\n");
        BOOST_TEST(read.settings.confirmed.empty(), mistake);
        BOOST_TEST(!read.complaint.empty(), mistake);
    }
    BOOST_TEST(is_safe(file.saying("pin = 1").settings));
    BOOST_TEST(is_safe(file.saying("[other]").settings));
    BOOST_TEST(file.saying("\n\n[pin]\nlast_try = \"never\"\n").complaint.find("line 4") !=
               std::string::npos);
}
BOOST_AUTO_TEST_CASE(A_gigantic_or_deep_file_is_refused_at_once) {
    const File file;
    BOOST_TEST(!file.saying(std::string(1U << 20U, '#')).complaint.empty());
    BOOST_TEST(!file.saying("a = " + std::string(15000, '[')).complaint.empty());
    BOOST_TEST(is_safe(file.saying(std::string(16384, '#')).settings));
}
BOOST_AUTO_TEST_CASE(A_file_that_others_may_write_or_own_weakens_nothing) {
    const File file;
    (void)file.saying("[pin]\nlast_try = \"open\"\n");
    BOOST_TEST(!file.read().settings.guard_last_try);
    for (const auto mode : {0664U, 0646U}) {
        BOOST_REQUIRE_EQUAL(::chmod(file.path().c_str(), mode), 0);
        BOOST_TEST(is_safe(file.read().settings));
        BOOST_TEST(!file.read().complaint.empty());
    }
    BOOST_REQUIRE_EQUAL(::chmod(file.path().c_str(), 0644), 0);
    BOOST_TEST(is_safe(read_configuration(file.path(), ::geteuid() + 1).settings));
}
BOOST_AUTO_TEST_CASE(Pipes_and_folders_are_refused_and_nobody_waits_for_them) {
    const File file;
    BOOST_REQUIRE_EQUAL(::mkfifo(file.path().c_str(), 0600), 0);
    BOOST_TEST(!file.read().complaint.empty());
    std::filesystem::remove(file.path());
    std::filesystem::create_directory(file.path());
    BOOST_TEST(!file.read().complaint.empty());
}

BOOST_AUTO_TEST_SUITE_END()
