// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/practice/card_of.hpp"
#include "tools/practice/card/state_file.hpp"
#include "tools/practice/error.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

using namespace acredita;
using namespace acredita::practice;

namespace {

struct Directory {
    Directory() {
        std::string name = "/tmp/acredita-test-XXXXXX";
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Directory() { std::filesystem::remove_all(path); }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    std::filesystem::path path;
};

} // namespace

BOOST_AUTO_TEST_SUITE(practice_card_state)

BOOST_AUTO_TEST_CASE(what_was_written_is_read_by_the_next_run) {
    const Directory directory;
    const auto file = directory.path / "state";
    BOOST_REQUIRE(StateFile::open(file).value()->write("card0", {{"n", 7}}));
    BOOST_TEST(StateFile::open(file).value()->read("card0").at("n") == 7);
    BOOST_TEST(StateFile::open(file).value()->read("card1").is_null());
}

BOOST_AUTO_TEST_CASE(a_state_file_is_its_owners_alone) {
    const Directory directory;
    const auto file = directory.path / "state";
    BOOST_REQUIRE(StateFile::open(file).value()->write("card0", {}));
    const auto others = std::filesystem::status(file).permissions() & std::filesystem::perms(077);
    BOOST_TEST((others == std::filesystem::perms::none));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_a_named_error) {
    const Directory directory;
    std::ofstream(directory.path / "state") << "{ \"card0\": ";
    const auto opened = StateFile::open(directory.path / "state");
    BOOST_REQUIRE(!opened);
    BOOST_TEST(is(opened.error(), practice_errc::bad_state));
}

BOOST_AUTO_TEST_CASE(a_directory_that_takes_no_file_is_a_named_error) {
    const auto written = StateFile::open("/nonexistent/state").value()->write("card0", {});
    BOOST_REQUIRE(!written);
    BOOST_TEST(is(written.error(), practice_errc::state_unwritable));
}

BOOST_AUTO_TEST_CASE(a_card_is_the_same_after_it_was_saved_and_loaded) {
    test::CardOf first;
    BOOST_REQUIRE(first.unlock());
    (void)first.send("0047009E 05 AC03800111");
    (void)first.send("00DB3FFF 0A 5C035FC105 5303010203");
    (void)first.verify("393939393939FFFF");
    const auto memory = (*first).save();
    BOOST_TEST(!(*first).changed());
    test::CardOf second;
    BOOST_REQUIRE((*second).load(memory));
    for (const auto* command : {"00200080", "00F7009E", "00CB3FFF 05 5C035FC105", "00CB3FFF 05 5C035FC102"})
        BOOST_TEST(first.send(command) == second.send(command));
    BOOST_TEST(second.send("00200080") == "63C2");
}

BOOST_AUTO_TEST_CASE(a_memory_of_another_form_is_a_named_error) {
    test::CardOf card;
    for (const auto* text :
         {"{}", "{\"kind\":\"openpgp\"}", "{\"kind\":\"piv\",\"pin\":{\"value\":\"31\"}}", "7"})
        BOOST_TEST(is((*card).load(nlohmann::json::parse(text)).error(), practice_errc::bad_state), text);
}

BOOST_AUTO_TEST_SUITE_END()
