// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Plugging in, pulling, releasing: what the observer is told, and what those who hold the stick get.
#include "tests/tools/stick/stick_folder.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using stick::stick_errc;

struct Office {
    Office() { sticks = std::move(stick::folder_sticks(desk.here, watcher.observer()).value()); }
    std::string plugged(const std::string& name) {
        test::put(desk.aside / name / "copia.p12", "backup");
        desk.plug(name);
        BOOST_REQUIRE(watcher.sticks(1));
        return watcher.only().id;
    }
    test::Desk desk;
    test::Watcher watcher;
    std::unique_ptr<stick::Sticks> sticks;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_folder_of_sticks, Office)

BOOST_AUTO_TEST_CASE(says_at_once_that_there_is_none) { BOOST_TEST(watcher.sticks(0)); }

BOOST_AUTO_TEST_CASE(tells_of_a_stick_that_comes_and_of_one_that_goes) {
    plugged("ANA");
    BOOST_TEST(watcher.only().label == "ANA");
    BOOST_TEST(watcher.only().file_system == "vfat");
    desk.pull("ANA");
    BOOST_TEST(watcher.sticks(0));
}

BOOST_AUTO_TEST_CASE(tells_of_the_sticks_that_were_there_before) {
    plugged("ANA");
    test::Watcher later;
    const auto second = stick::folder_sticks(desk.here, later.observer()).value();
    BOOST_TEST(later.sticks(1));
}

BOOST_AUTO_TEST_CASE(finds_and_reads_the_backup) {
    auto mounted = sticks->mount(plugged("ANA")).value();
    const auto listing = mounted.list().value();
    BOOST_REQUIRE(listing.entries.size() == 1);
    BOOST_TEST(listing.entries[0].name == "copia.p12");
    BOOST_TEST(as_text(mounted.read(listing.entries[0]).value()) == "backup");
    BOOST_TEST(mounted.unmount().has_value());
}

BOOST_AUTO_TEST_CASE(a_stick_that_was_pulled_is_said_to_be_pulled_although_its_file_is_still_open) {
    const auto mounted = sticks->mount(plugged("ANA")).value();
    const auto listing = mounted.list().value();
    desk.pull("ANA");
    BOOST_TEST(is(mounted.read(listing.entries[0]).error(), stick_errc::pulled));
    BOOST_TEST(is(mounted.list().error(), stick_errc::pulled));
    BOOST_TEST(!mounted.present());
}

BOOST_AUTO_TEST_CASE(another_stick_of_the_same_name_is_another_stick) {
    const auto mounted = sticks->mount(plugged("ANA")).value();
    const auto id = watcher.only().id;
    desk.pull("ANA");
    BOOST_REQUIRE(watcher.sticks(0));
    std::filesystem::rename(desk.aside / "ANA", desk.aside / "OLD");
    BOOST_TEST(plugged("ANA") != id);
    BOOST_TEST(!mounted.present());
}

BOOST_AUTO_TEST_CASE(a_stick_that_is_not_there_cannot_be_mounted) {
    BOOST_TEST(is(sticks->mount("nothing").error(), stick_errc::no_stick));
}

BOOST_AUTO_TEST_CASE(releases_a_stick_which_then_is_not_listed_until_it_was_taken_out) {
    const auto id = plugged("ANA");
    BOOST_TEST(sticks->release(watcher.only().drive).value().powered_off);
    BOOST_TEST(watcher.sticks(0));
    BOOST_TEST(is(sticks->mount(id).error(), stick_errc::no_stick));
    desk.pull("ANA");
    // That it is out is seen once something else is told.
    test::put(desk.aside / "EVA" / "x.p12", "");
    desk.plug("EVA");
    BOOST_REQUIRE(watcher.sticks(1));
    desk.plug("ANA");
    BOOST_TEST(watcher.sticks(2));
}

BOOST_AUTO_TEST_CASE(does_not_release_what_somebody_reads) {
    const auto mounted = sticks->mount(plugged("ANA")).value();
    BOOST_TEST(is(sticks->release(watcher.only().drive).error(), stick_errc::in_use));
}

BOOST_AUTO_TEST_CASE(an_unmounted_stick_can_be_mounted_again) {
    const auto id = plugged("ANA");
    { const auto first = sticks->mount(id).value(); }
    BOOST_TEST(sticks->mount(id).has_value());
}

BOOST_AUTO_TEST_CASE(a_description_makes_a_stick_of_another_kind) {
    test::put(desk.here / "MAC.toml", "label = \"Mi memoria\"\nfile_system = \"hfsplus\"\nsize = 5\n");
    const auto id = plugged("MAC");
    BOOST_TEST(watcher.only().label == "Mi memoria");
    BOOST_TEST(watcher.only().size == 5U);
    BOOST_TEST((watcher.only().trouble == stick_errc::file_system_not_supported));
    BOOST_TEST(is(sticks->mount(id).error(), stick_errc::file_system_not_supported));
}

BOOST_AUTO_TEST_CASE(a_keyboard_in_disguise_is_not_mounted) {
    test::put(desk.here / "DUCK.toml", "trouble = \"also_keyboard\"\n");
    BOOST_TEST(is(sticks->mount(plugged("DUCK")).error(), stick_errc::also_keyboard));
}

BOOST_AUTO_TEST_CASE(a_link_or_a_file_is_no_stick) {
    std::filesystem::create_directory_symlink("/", desk.here / "root");
    test::put(desk.here / "file", "x");
    plugged("ANA");
    BOOST_TEST(watcher.now().volumes.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_stick_outlives_the_one_who_watched_for_it) {
    const auto mounted = sticks->mount(plugged("ANA")).value();
    sticks.reset();
    BOOST_TEST(mounted.list().has_value());
}

BOOST_AUTO_TEST_CASE(a_folder_that_goes_away_is_said) {
    std::filesystem::rename(desk.here, desk.here.string() + "-gone");
    BOOST_TEST(watcher.until([](const stick::Plugged& now) {
        return now.trouble && is(*now.trouble, stick_errc::service_unavailable);
    }));
}

BOOST_AUTO_TEST_CASE(no_folder_is_an_error) {
    BOOST_TEST(is(stick::folder_sticks(desk.here / "none", watcher.observer()).error(),
                  stick_errc::service_unavailable));
}

BOOST_AUTO_TEST_SUITE_END()
