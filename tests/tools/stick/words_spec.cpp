// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Names made safe to show, and lines of mountinfo taken apart.
#include "tools/stick/descriptor.hpp"
#include "tools/stick/mountinfo.hpp"
#include "tools/stick/shown.hpp"
#include "tools/stick/volume.hpp"

#include <boost/test/unit_test.hpp>
#include <fcntl.h>

using namespace acredita;
using stick::Access;
using stick::shown;
using stick::stick_errc;

namespace {

const std::string usual =
    "371 29 8:17 / /media/kiosk/MI\\040MEMORIA ro,nosuid,nodev,noexec,relatime shared:210 - vfat /dev/sdb1 "
    "ro,fmask=0022";

stick::MountLine line(const std::string& options, const std::string& type = "vfat") {
    return stick::parse_mount_line("1 2 8:17 / /m " + options + " - " + type + " /dev/sdb1 rw").value();
}

bool refuses(const stick::MountLine& mount, Access access, stick_errc code) {
    const auto verdict = stick::verify(mount, access, 8, 17);
    return !verdict && is(verdict.error(), code);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_name_on_a_page)

BOOST_AUTO_TEST_CASE(stays_as_it_is_if_it_is_harmless) {
    BOOST_TEST(shown("Año ñandú 証.p12") == "Año ñandú 証.p12");
}

BOOST_AUTO_TEST_CASE(loses_what_could_move_or_hide_other_text) {
    BOOST_TEST(shown("a\tb") == "a\xef\xbf\xbd"
                                "b");
    BOOST_TEST(shown("\xe2\x80\xae") == "\xef\xbf\xbd");                         // right-to-left override
    BOOST_TEST(shown("\xff") == "\xef\xbf\xbd");                                 // no UTF-8
    BOOST_TEST(shown("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"); // half of a surrogate pair
}

BOOST_AUTO_TEST_CASE(keeps_its_end_if_it_is_long) {
    const auto text = shown(std::string(500, 'a') + ".p12", 20);
    BOOST_TEST(text.starts_with("aaaaaaaaa\xe2\x80\xa6"));
    BOOST_TEST(text.ends_with("aaaaaa.p12"));
    BOOST_TEST(text.size() == 22);
    BOOST_TEST(shown(std::string(20, 'a'), 20) == std::string(20, 'a'));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_line_of_mountinfo)

BOOST_AUTO_TEST_CASE(is_taken_apart) {
    const auto mount = stick::parse_mount_line(usual).value();
    BOOST_TEST(mount.id == 371U);
    BOOST_TEST(mount.major == 8U);
    BOOST_TEST(mount.minor == 17U);
    BOOST_TEST(mount.point == "/media/kiosk/MI MEMORIA");
    BOOST_TEST(mount.type == "vfat");
    BOOST_TEST(mount.source == "/dev/sdb1");
    BOOST_TEST(stick::verify(mount, Access::read, 8, 17).has_value());
}

BOOST_AUTO_TEST_CASE(that_makes_no_sense_is_no_mount) {
    for (const char* text :
         {"", "x", "1 2 3", "1 2 8:1 / /m ro", "1 2 8-1 / /m ro - vfat x y", "-1 2 8:1 / /m ro - vfat x y"})
        BOOST_TEST(!stick::parse_mount_line(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(without_one_of_the_flags_is_refused) {
    BOOST_TEST(refuses(line("rw,nosuid,nodev,noexec"), Access::read, stick_errc::flags_missing));
    BOOST_TEST(refuses(line("ro,nodev,noexec"), Access::read, stick_errc::flags_missing));
    BOOST_TEST(refuses(line("ro,nosuid,noexec"), Access::read, stick_errc::flags_missing));
    BOOST_TEST(refuses(line("ro,nosuid,nodev"), Access::read, stick_errc::flags_missing));
    BOOST_TEST(refuses(line("ro,nosuid,nodev,noexecute"), Access::read, stick_errc::flags_missing));
    BOOST_TEST(refuses(line("ro,nosuid,nodev,noexec"), Access::save, stick_errc::write_protected));
    BOOST_TEST(refuses(line("rw,nosuid,nodev"), Access::save, stick_errc::flags_missing));
    BOOST_TEST(stick::verify(line("rw,nosuid,nodev,noexec"), Access::save, 8, 17).has_value());
}

BOOST_AUTO_TEST_CASE(of_another_device_is_refused) {
    BOOST_TEST(!stick::verify(line("ro,nosuid,nodev,noexec"), Access::read, 8, 18).has_value());
}

BOOST_AUTO_TEST_CASE(of_a_network_is_refused) {
    for (const char* type : {"nfs4", "cifs", "fuse.sshfs", "9p", "fuse"})
        BOOST_TEST(refuses(line("ro,nosuid,nodev,noexec", type), Access::read, stick_errc::network_refused),
                   type);
}

BOOST_AUTO_TEST_CASE(of_a_file_system_that_sticks_do_not_have_is_refused) {
    BOOST_TEST(
        refuses(line("ro,nosuid,nodev,noexec", "ext4"), Access::read, stick_errc::file_system_not_supported));
}

BOOST_AUTO_TEST_CASE(is_found_for_an_open_file) {
    const stick::Descriptor proc(::open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    BOOST_TEST(stick::mount_of(proc.number()).value().type == "proc");
    BOOST_TEST(is(stick::mount_of(-1).error(), stick_errc::pulled));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_file_system)

BOOST_AUTO_TEST_CASE(is_supported_where_it_belongs) {
    for (const char* name : {"vfat", "exfat", "ntfs"}) {
        BOOST_TEST(stick::supported(name, stick::Medium::usb));
        BOOST_TEST(stick::supported(name, stick::Medium::memory_card));
        BOOST_TEST(!stick::supported(name, stick::Medium::optical));
    }
    BOOST_TEST(stick::supported("iso9660", stick::Medium::optical));
    BOOST_TEST(stick::supported("udf", stick::Medium::optical));
    for (const char* name : {"", "ext4", "hfsplus", "apfs", "btrfs", "nfs"})
        BOOST_TEST(!stick::supported(name, stick::Medium::usb));
}

BOOST_AUTO_TEST_SUITE_END()
