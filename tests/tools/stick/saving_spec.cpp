// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one way in which anything is ever written on a stick.
#include "tests/tools/stick/stick_folder.hpp"
#include "tools/stick/saving.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

namespace {

using namespace acredita;
using stick::stick_errc;
namespace fs = std::filesystem;

const std::string letter = "%PDF-1.7 a letter";

struct Office {
    Office() {
        fs::create_directories(desk.aside / "ANA");
        sticks = std::move(stick::folder_sticks(desk.here, watcher.observer()).value());
        desk.plug("ANA");
        BOOST_REQUIRE(watcher.sticks(1));
        id = watcher.only().id;
    }
    auto save(std::string_view name) { return sticks->save(id, name, as_bytes(letter)); }
    std::vector<std::string> on_the_stick() const {
        std::vector<std::string> names;
        for (const auto& item : fs::directory_iterator(desk.here / "ANA"))
            names.push_back(item.path().filename());
        return names;
    }
    test::Desk desk;
    test::Watcher watcher;
    std::unique_ptr<stick::Sticks> sticks;
    std::string id;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(saving_onto_a_stick, Office)

BOOST_AUTO_TEST_CASE(leaves_the_file_there_and_nothing_else) {
    BOOST_TEST(save("Carta de renovaci\xc3\xb3n.pdf").value().name == "Carta de renovaci\xc3\xb3n.pdf");
    BOOST_TEST(on_the_stick().size() == 1);
    BOOST_TEST(fs::file_size(desk.here / "ANA" / on_the_stick()[0]) == letter.size());
}

BOOST_AUTO_TEST_CASE(never_replaces_what_is_there) {
    test::put(desk.here / "ANA" / "carta.pdf", "precious");
    BOOST_TEST(save("carta.pdf").value().name == "carta (2).pdf");
    BOOST_TEST(save("carta.pdf").value().name == "carta (3).pdf");
    BOOST_TEST(fs::file_size(desk.here / "ANA" / "carta.pdf") == 8U);
}

BOOST_AUTO_TEST_CASE(does_not_follow_a_link_that_waits_under_its_name) {
    const auto outside = test::scratch_directory() / "outside";
    fs::create_symlink(outside, desk.here / "ANA" / "carta.pdf");
    BOOST_TEST(save("carta.pdf").value().name == "carta (2).pdf");
    BOOST_TEST(!fs::exists(outside));
}

BOOST_AUTO_TEST_CASE(takes_no_name_that_another_system_would_not_take) {
    for (const char* name :
         {"", ".", "..", "a/b.pdf", "../x.pdf", "a\\b.pdf", "a:b.pdf", "a?.pdf", "\x01.pdf", "NUL.pdf",
          "com1", "x.", "x ", ".hidden", "a\xff.pdf", "\xe2\x80\xaexfdp.exe"})
        BOOST_TEST(is(save(name).error(), stick_errc::name_unsuitable), name);
    BOOST_TEST(is(save(std::string(121, 'x')).error(), stick_errc::name_unsuitable));
    BOOST_TEST(on_the_stick().empty());
}

BOOST_AUTO_TEST_CASE(takes_ordinary_names) {
    for (const char* name :
         {"carta.pdf", "Carta 1.pdf", "a", "compra.pdf", "com10.pdf", "Carta ni\xc3\xb1o.pdf"})
        BOOST_TEST(stick::suitable_name(name), name);
}

BOOST_AUTO_TEST_CASE(waits_until_nobody_reads_the_stick) {
    const auto mounted = sticks->mount(id).value();
    BOOST_TEST(is(save("carta.pdf").error(), stick_errc::in_use));
}

BOOST_AUTO_TEST_CASE(of_what_could_not_be_read_back_does_not_begin) {
    const Bytes much(stick::largest_file + 1);
    BOOST_TEST(is(sticks->save(id, "carta.pdf", much).error(), stick_errc::too_large));
}

BOOST_AUTO_TEST_CASE(on_a_stick_that_is_gone_says_so) {
    desk.pull("ANA");
    BOOST_REQUIRE(watcher.sticks(0));
    BOOST_TEST(is(save("carta.pdf").error(), stick_errc::no_stick));
}

BOOST_AUTO_TEST_CASE(that_is_pulled_before_it_has_a_name_leaves_no_half_file) {
    auto mounted = test::opened(desk.here / "ANA", [] { return false; });
    // A name that no file system takes: writing goes well, naming does not.
    BOOST_TEST(
        is(stick::write_new(mounted, std::string(300, 'x'), as_bytes(letter)).error(), stick_errc::pulled));
    BOOST_TEST(on_the_stick().empty());
}

BOOST_AUTO_TEST_SUITE_END()
