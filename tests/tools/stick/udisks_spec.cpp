// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Real sticks as far as there can be any without hardware: the real UDisks2, udevd and drivers, on loop
// devices. Runs within tests/support/own_sticks.sh. A file system this kernel has no driver for is said and
// left out; mock_sticks.py stands in for it.
#include "tests/tools/stick/loop_stick.hpp"
#include "tools/stick/mountinfo.hpp"
#include "tools/stick/udisks.hpp"

#include <csignal>
#include <cstdlib>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

namespace {

using namespace acredita;
using stick::stick_errc;
namespace fs = std::filesystem;

using test::Form;
using test::forms;
using test::LoopStick;
using test::run;
using test::said;

stick::UDisksOptions for_tests() {
    stick::UDisksOptions options;
    options.loop_devices = true;
    options.patience.question = std::chrono::seconds(60);
    options.patience.work = std::chrono::seconds(120);
    return options;
}

struct Office {
    explicit Office(const stick::UDisksOptions& options = for_tests()) {
        sticks = std::move(stick::udisks_sticks(options, watcher.observer()).value());
    }
    std::optional<stick::Volume> plugged(const std::function<bool(const stick::Volume&)>& it) {
        std::optional<stick::Volume> found;
        const bool there = watcher.until([&](const stick::Plugged& now) {
            for (const auto& volume : now.volumes)
                if (it(volume)) found = volume;
            return found.has_value();
        });
        BOOST_REQUIRE(there);
        return found;
    }
    std::optional<stick::Volume> plugged(const LoopStick& loop) {
        return plugged([&](const stick::Volume& volume) { return volume.label == loop.label(); });
    }
    bool gone(const std::string& id) {
        return watcher.until([&](const stick::Plugged& now) {
            return std::ranges::none_of(now.volumes, [&](const auto& volume) { return volume.id == id; });
        });
    }
    test::Watcher watcher;
    std::unique_ptr<stick::Sticks> sticks;
};

std::string mounts_of(const std::string& device) {
    return said("grep -F ' " + device + " ' /proc/self/mountinfo || true");
}

bool skipped(const Form& form) {
    if (test::mountable(form)) return false;
    BOOST_TEST_MESSAGE("SKIPPED: this kernel cannot mount " << form << "; mock_sticks.py stands in for it");
    return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_real_stick)

BOOST_DATA_TEST_CASE(is_seen_read_and_let_go, boost::unit_test::data::make(forms), form) {
    if (skipped(form)) return;
    Office office;
    LoopStick loop(form);
    const auto volume = office.plugged(loop).value();
    BOOST_TEST(volume.file_system == form.file_system);
    BOOST_TEST(volume.size == 16U * 1024 * 1024);
    BOOST_TEST(!volume.trouble.has_value());
    {
        auto mounted = office.sticks->mount(volume.id).value();
        const auto line = stick::mount_of(mounted.root()).value();
        for (const char* flag : {"ro", "noexec", "nosuid", "nodev"})
            BOOST_TEST(("," + line.options + ",").find("," + std::string(flag) + ",") != std::string::npos);
        BOOST_TEST(mounted.list().value().entries.size() == 3);
        BOOST_TEST(as_text(mounted.read(test::at("FNMT/copia.p12")).value()) == "the backup");
        BOOST_TEST(mounted.unmount().has_value());
    }
    BOOST_TEST(mounts_of(loop.device()).empty());
    BOOST_TEST(office.sticks->release(volume.drive).has_value());
    loop.pull();
    BOOST_TEST(office.gone(volume.id));
}

BOOST_DATA_TEST_CASE(takes_one_letter_and_is_left_as_it_was_otherwise, boost::unit_test::data::make(forms),
                     form) {
    if (skipped(form)) return;
    Office office;
    LoopStick loop(form);
    const auto id = office.plugged(loop)->id;
    const std::string letter(100'000, 'L');
    BOOST_TEST(office.sticks->save(id, "carta.pdf", as_bytes(letter)).value().name == "carta (2).pdf");
    BOOST_TEST(mounts_of(loop.device()).empty());
    auto mounted = office.sticks->mount(id).value();
    BOOST_TEST(as_text(mounted.read(test::at("carta.pdf")).value()) == "a letter");
    BOOST_TEST(as_text(mounted.read(test::at("carta (2).pdf")).value()) == letter);
    BOOST_TEST(mounted.list().value().entries.size() == 4);
}

BOOST_AUTO_TEST_CASE(with_its_switch_on_is_write_protected) {
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    const auto id = office.plugged(loop)->id;
    run("blockdev --setro " + loop.device());
    // The switch of a real stick is there from the start; UDisks looks again when it is told of a change.
    run("udevadm trigger --settle --action=change " + loop.device());
    auto refused = office.sticks->save(id, "carta.pdf", as_bytes("a letter"));
    run("blockdev --setrw " + loop.device());
    BOOST_REQUIRE(!refused);
    BOOST_TEST(is(refused.error(), stick_errc::write_protected), describe(refused.error()));
}

BOOST_AUTO_TEST_CASE(that_is_a_disc_is_read_where_discs_are_wanted) {
    const Form disc{"iso9660", "genisoimage", "iso9660", ""};
    if (skipped(disc)) return;
    test::put("/mnt/disc/copia.p12", "the backup");
    const auto name = "D" + std::to_string(std::random_device()());
    const auto image = fs::path(std::getenv("ACREDITA_IMAGES")) / name;
    run("genisoimage -quiet -J -V " + name + " -o " + image.string() + " /mnt/disc");
    const auto device = said("losetup --find --show " + image.string());
    auto options = for_tests();
    options.optical = true;
    Office office(options);
    const auto volume = office.plugged([&](const stick::Volume& one) { return one.label == name; });
    {
        const auto mounted = office.sticks->mount(volume->id).value();
        const auto listing = mounted.list().value();
        BOOST_TEST(as_text(mounted.read(listing.entries.at(0)).value()) == "the backup");
    }
    run("losetup --detach " + device);
}

BOOST_AUTO_TEST_CASE(that_was_unmounted_beneath_us_was_pulled) {
    // What UDisks does when a stick leaves: it unmounts lazily, and files stay open.
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    auto mounted = office.sticks->mount(office.plugged(loop)->id).value();
    const auto listing = mounted.list().value();
    run("umount --lazy " + loop.device());
    BOOST_TEST(is(mounted.read(listing.entries[0]).error(), stick_errc::pulled));
    BOOST_TEST(is(mounted.list().error(), stick_errc::pulled));
    BOOST_TEST(!mounted.present());
}

BOOST_AUTO_TEST_CASE(that_cannot_be_read_any_more_is_damaged) {
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    const auto id = office.plugged(loop)->id;
    auto mounted = office.sticks->mount(id).value();
    // A part of the file is gone, what says where it lies is not.
    fs::resize_file(loop.image(), 5'000'000);
    run("sync; echo 3 >/proc/sys/vm/drop_caches");
    const auto read = mounted.read(test::at("grande.p12"));
    BOOST_REQUIRE(!read);
    BOOST_TEST(is(read.error(), stick_errc::damaged), describe(read.error()));
}

BOOST_AUTO_TEST_CASE(that_a_desktop_mounted_for_writing_is_mounted_anew_for_reading) {
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    const auto id = office.plugged(loop)->id;
    run("udisksctl mount -b " + loop.device() + " -o rw");
    BOOST_TEST(mounts_of(loop.device()).find(" rw,") != std::string::npos);
    const auto mounted = office.sticks->mount(id).value();
    BOOST_TEST(mounts_of(loop.device()).find(" ro,") != std::string::npos);
    BOOST_TEST(mounts_of(loop.device()).find(" rw,") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(that_another_program_has_open_is_in_use) {
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    const auto id = office.plugged(loop)->id;
    run("udisksctl mount -b " + loop.device());
    {
        const stick::Descriptor held(
            ::open(("/media/root/" + loop.label() + "/carta.pdf").c_str(), O_RDONLY | O_CLOEXEC));
        BOOST_REQUIRE(static_cast<bool>(held));
        BOOST_TEST(is(office.sticks->mount(id).error(), stick_errc::in_use));
        BOOST_TEST(is(office.sticks->release(id.substr(0, id.find('@'))).error(), stick_errc::in_use));
    }
    BOOST_TEST(office.sticks->mount(id).has_value());
}

BOOST_AUTO_TEST_CASE(is_mounted_once_at_a_time) {
    if (skipped(forms[0])) return;
    Office office;
    LoopStick loop(forms[0]);
    const auto volume = office.plugged(loop).value();
    const auto first = office.sticks->mount(volume.id).value();
    BOOST_TEST(is(office.sticks->mount(volume.id).error(), stick_errc::in_use));
    BOOST_TEST(is(office.sticks->save(volume.id, "x.pdf", {}).error(), stick_errc::in_use));
    BOOST_TEST(is(office.sticks->release(volume.drive).error(), stick_errc::in_use));
}

BOOST_AUTO_TEST_CASE(with_a_file_system_of_another_world_is_named_and_not_mounted) {
    const Form linux_one{"ext4", "mkfs.ext4 -q", "ext4", "e2label"};
    Office office;
    LoopStick loop(linux_one);
    const auto volume = office.plugged(loop).value();
    BOOST_TEST((volume.trouble == stick_errc::file_system_not_supported));
    BOOST_TEST(is(office.sticks->mount(volume.id).error(), stick_errc::file_system_not_supported));
    BOOST_TEST(mounts_of(loop.device()).empty());
}

BOOST_AUTO_TEST_CASE(without_any_file_system_is_not_formatted) {
    Office office;
    const std::size_t size = std::size_t{512} * (2'000 + std::random_device()() % 10'000);
    const LoopStick loop(size);
    const auto volume = office.plugged([&](const stick::Volume& one) { return one.size == size; });
    BOOST_TEST((volume->trouble == stick_errc::not_formatted));
}

BOOST_AUTO_TEST_CASE(whose_file_system_is_broken_is_said_to_be) {
    if (skipped(forms[0])) return;
    Office office;
    // Records 5 to 11 of the master file table, which begins at cluster 4: the top folder and what knows of
    // room.
    LoopStick loop(forms[0], "dd if=/dev/zero of=$IMAGE bs=1024 seek=21 count=7 conv=notrunc status=none");
    const auto mounted = office.sticks->mount(office.plugged(loop)->id);
    BOOST_REQUIRE(!mounted);
    BOOST_TEST(is(mounted.error(), stick_errc::mount_failed), describe(mounted.error()));
}

BOOST_AUTO_TEST_CASE(is_not_waited_for_when_udisks_stands_still) {
    if (skipped(forms[0])) return;
    auto options = for_tests();
    options.patience.question = std::chrono::milliseconds(300);
    Office office;
    LoopStick loop(forms[0]);
    const auto id = office.plugged(loop)->id;
    const auto impatient = stick::udisks_sticks(options, [](const stick::Plugged&) {}).value();
    const int udisks = std::stoi(said("cat /run/udisksd.pid"));
    BOOST_REQUIRE(udisks > 1);
    BOOST_REQUIRE(::kill(udisks, SIGSTOP) == 0);
    const auto mounted = impatient->mount(id);
    BOOST_REQUIRE(::kill(udisks, SIGCONT) == 0);
    BOOST_REQUIRE(!mounted);
    BOOST_TEST(is(mounted.error(), stick_errc::service_unavailable));
    BOOST_TEST(office.sticks->mount(id).has_value());
}

BOOST_AUTO_TEST_CASE(is_told_of_again_after_udisks_was_killed) {
    if (skipped(forms[0])) return;
    Office office;
    const int udisks = std::stoi(said("cat /run/udisksd.pid"));
    BOOST_REQUIRE(::kill(udisks, SIGKILL) == 0);
    // The bus starts it once more, as somebody asks for it.
    LoopStick loop(forms[0]);
    const auto volume = office.plugged(loop).value();
    BOOST_TEST(office.sticks->mount(volume.id).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
