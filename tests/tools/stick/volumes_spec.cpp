// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which of the things UDisks knows are sticks, and which of those are refused; a keyboard in disguise.
#include "tests/tools/stick/stick_folder.hpp"
#include "tools/stick/keyboard.hpp"
#include "tools/stick/udisks_volumes.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;
using stick::stick_errc;
namespace fs = std::filesystem;

const std::string drive_path = "/org/freedesktop/UDisks2/drives/d";
const std::string block_path = "/org/freedesktop/UDisks2/block_devices/sdb1";

struct Machine {
    Machine() {
        objects[drive_path]["Drive"] = {{"ConnectionBus", std::string("usb")},
                                        {"Optical", false},
                                        {"Media", std::string()},
                                        {"Vendor", std::string("Maker")},
                                        {"Model", std::string("Stick \x1b[31m")},
                                        {"CanPowerOff", true},
                                        {"TimeMediaDetected", std::uint64_t{77}}};
        block() = {{"Drive", sdbus::ObjectPath(drive_path)},
                   {"IdUsage", std::string("filesystem")},
                   {"IdType", std::string("vfat")},
                   {"IdLabel", std::string("MEMORIA")},
                   {"Size", std::uint64_t{1000}},
                   {"DeviceNumber", std::uint64_t{(8 << 8) | 17}},
                   {"HintIgnore", false}};
        objects[block_path]["Filesystem"] = {{"MountPoints", std::vector<std::vector<std::uint8_t>>()}};
    }
    stick::Properties& block() { return objects[block_path]["Block"]; }
    stick::Properties& drive() { return objects[drive_path]["Drive"]; }
    std::vector<stick::Found> sticks(const stick::UDisksOptions& options = {}) const {
        return stick::sticks_among(objects, options, sysfs);
    }
    // A device with these classes of interfaces, and the disk 8:17 on it.
    void usb(const std::vector<std::string>& classes) const {
        const auto device = sysfs / "devices" / "usb1" / "1-2";
        test::put(device / "bDeviceClass", "00\n");
        for (std::size_t i = 0; i < classes.size(); ++i)
            test::put(device / ("1-2:1." + std::to_string(i)) / "bInterfaceClass", classes[i] + "\n");
        const auto disk = device / "1-2:1.0" / "host5" / "block" / "sdb" / "sdb1";
        fs::create_directories(disk);
        fs::create_directories(sysfs / "dev" / "block");
        fs::create_symlink(disk, sysfs / "dev" / "block" / "8:17");
    }
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;
    ~Machine() { fs::remove_all(sysfs); }

    stick::Objects objects;
    fs::path sysfs = test::scratch_directory() / "sys";
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(what_udisks_knows, Machine)

BOOST_AUTO_TEST_CASE(of_a_stick_becomes_a_volume) {
    const auto found = sticks().at(0);
    BOOST_TEST(found.volume.id == block_path + "@77");
    BOOST_TEST(found.volume.label == "MEMORIA");
    BOOST_TEST(found.volume.drive == drive_path);
    BOOST_TEST(found.volume.drive_name == "Maker Stick \xef\xbf\xbd[31m");
    BOOST_TEST(found.major == 8U);
    BOOST_TEST(found.minor == 17U);
    BOOST_TEST(found.can_power_off);
    BOOST_TEST(!found.mounted);
    BOOST_TEST(!found.volume.trouble.has_value());
}

BOOST_AUTO_TEST_CASE(of_disks_inside_the_pc_and_on_networks_does_not) {
    for (const char* bus : {"", "ata", "ieee1394", "sata", "iscsi"}) {
        drive()["ConnectionBus"] = std::string(bus);
        BOOST_TEST(sticks().empty(), bus);
    }
    drive()["ConnectionBus"] = std::string("sdio");
    BOOST_TEST((sticks().at(0).volume.medium == stick::Medium::memory_card));
}

BOOST_AUTO_TEST_CASE(of_a_card_in_a_reader_is_never_powered_off_with_its_reader) {
    drive()["Media"] = std::string("flash_sd");
    BOOST_TEST((sticks().at(0).volume.medium == stick::Medium::memory_card));
    BOOST_TEST(!sticks().at(0).can_power_off);
}

BOOST_AUTO_TEST_CASE(of_a_disc_counts_if_discs_are_wanted) {
    drive()["Optical"] = true;
    block()["IdType"] = std::string("iso9660");
    BOOST_TEST(sticks().empty());
    stick::UDisksOptions options;
    options.optical = true;
    BOOST_TEST((sticks(options).at(0).volume.medium == stick::Medium::optical));
    BOOST_TEST(!sticks(options).at(0).volume.trouble.has_value());
    block()["IdType"] = std::string("vfat");
    BOOST_TEST((sticks(options).at(0).volume.trouble == stick_errc::file_system_not_supported));
}

BOOST_AUTO_TEST_CASE(of_an_encrypted_stick_is_said) {
    block()["IdUsage"] = std::string("crypto");
    block()["IdType"] = std::string("BitLocker");
    objects[block_path].erase("Filesystem");
    BOOST_TEST((sticks().at(0).volume.trouble == stick_errc::encrypted));
}

BOOST_AUTO_TEST_CASE(of_the_whole_disk_is_passed_over_and_of_an_empty_part_beside_a_full_one_too) {
    const std::string disk = "/org/freedesktop/UDisks2/block_devices/sdb";
    objects[disk]["Block"] = {{"Drive", sdbus::ObjectPath(drive_path)}, {"Size", std::uint64_t{2000}}};
    objects[disk]["PartitionTable"] = {};
    const std::string reserved = disk + "2";
    objects[reserved]["Block"] = {{"Drive", sdbus::ObjectPath(drive_path)}, {"Size", std::uint64_t{16}}};
    objects[reserved]["Partition"] = {};
    BOOST_TEST(sticks().size() == 1);
    objects.erase(block_path);
    BOOST_TEST((sticks().at(0).volume.trouble == stick_errc::not_formatted));
}

BOOST_AUTO_TEST_CASE(of_a_reader_without_a_card_in_it_is_nothing) {
    block()["Size"] = std::uint64_t{0};
    BOOST_TEST(sticks().empty());
}

BOOST_AUTO_TEST_CASE(that_makes_no_sense_is_as_if_it_were_not_there) {
    block()["Drive"] = std::string("not a path");
    block()["Size"] = std::string("many");
    BOOST_TEST(sticks().empty());
    objects[block_path]["Block"] = {};
    BOOST_TEST(sticks().empty());
}

BOOST_AUTO_TEST_CASE(of_another_stick_at_the_same_place_has_another_id) {
    const auto before = sticks().at(0).volume.id;
    drive()["TimeMediaDetected"] = std::uint64_t{78};
    BOOST_TEST(sticks().at(0).volume.id != before);
}

BOOST_AUTO_TEST_CASE(of_a_stick_that_is_a_keyboard_as_well_is_refused) {
    usb({"08", "03"});
    BOOST_TEST(stick::also_keyboard(8, 17, sysfs));
    BOOST_TEST((sticks().at(0).volume.trouble == stick_errc::also_keyboard));
}

BOOST_AUTO_TEST_CASE(of_a_stick_that_is_a_stick_is_not) {
    usb({"08"});
    BOOST_TEST(!stick::also_keyboard(8, 17, sysfs));
    BOOST_TEST(!stick::also_keyboard(8, 18, sysfs));
    BOOST_TEST(!sticks().at(0).volume.trouble.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
