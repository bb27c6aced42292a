#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the udev rules do with readers, sticks and keyboards: devices by umockdev, decided by udev itself with all the
rules of this PC. Runs within tests/support/own_sticks.sh."""

import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

USB = "/devices/pci0000:00/usb1/1-2"


def descriptors(interfaces):
    """As a device tells them (USB 2.0, chapter 9.6): device, configuration, then interface and endpoint each."""
    device = bytes([18, 1, 0, 2, 0, 0, 0, 64]) + bytes(10)
    parts = b"".join(bytes([9, 4, i, 0, 1, c, s, p, 0]) + bytes([7, 5, 0x81, 2, 64, 0, 0])
                     for i, (c, s, p) in enumerate(interfaces))
    return (device + bytes([9, 2]) + struct.pack("<H", 9 + len(parts)) + bytes([len(interfaces), 1, 0, 0x80, 50]) + parts).hex()


def usb_device(vendor, product, interfaces):
    text = f"""P: {USB}
E: DEVTYPE=usb_device
E: SUBSYSTEM=usb
E: BUSNUM=001
E: DEVNUM=005
A: idVendor={vendor}\\n
A: idProduct={product}\\n
A: power/control=auto\\n
H: descriptors={descriptors(interfaces)}
"""
    for i, (c, s, p) in enumerate(interfaces):
        text += f"""
P: {USB}/1-2:1.{i}
E: DEVTYPE=usb_interface
E: SUBSYSTEM=usb
E: INTERFACE={c}/{s}/{p}
A: bInterfaceClass={c:02x}\\n
A: authorized=1\\n
"""
    return text


def block(name, **properties):
    lines = "".join(f"E: {key}={value}\n" for key, value in properties.items())
    return f"P: /devices/virtual/block/{name}\nE: SUBSYSTEM=block\nE: DEVTYPE=disk\nE: MAJOR=259\nE: MINOR=77\n{lines}"


class Rules(unittest.TestCase):
    def ask(self, devices, paths, *files):
        """Lets udev decide on each of `paths`, one after the other; its properties, and the files then."""
        with tempfile.TemporaryDirectory() as folder:
            description = pathlib.Path(folder) / "devices"
            description.write_text(devices)
            script = "".join(f"SYSTEMD_DEVICE_VERIFY_SYSFS=0 udevadm test --action=add /sys{path} 2>&1; echo @@@@;" for path in paths)
            script += "".join(f"cat /sys{file}; echo @@@@;" for file in files)
            done = subprocess.run(["umockdev-run", "--device", str(description), "--", "sh", "-c", script],
                                  capture_output=True, text=True, timeout=120, check=True)
        parts = done.stdout.split("@@@@\n")
        properties = [dict(line.split("=", 1) for line in part.splitlines() if "=" in line) for part in parts[:len(paths)]]
        return properties, [part.strip() for part in parts[len(paths):-1]]

    def test_a_reader_of_the_class_stays_awake(self):
        (reader,), (power,) = self.ask(usb_device("1234", "5678", [(0x0b, 0, 0)]), [USB], USB + "/power/control")
        self.assertEqual(reader["ACREDITA_READER"], "class")
        self.assertTrue(power.startswith("on"), power)

    def test_a_reader_of_the_list_stays_awake_though_it_names_no_class(self):
        (reader,), (power,) = self.ask(usb_device("0783", "0006", [(0xff, 0, 0)]), [USB], USB + "/power/control")
        self.assertEqual(reader["ACREDITA_READER"], "C3PO LTC31")
        self.assertTrue(power.startswith("on"), power)

    def test_other_devices_sleep_as_they_like(self):
        (other,), (power,) = self.ask(usb_device("0783", "ffff", [(0x09, 0, 0)]), [USB], USB + "/power/control")
        self.assertNotIn("ACREDITA_READER", other)
        self.assertEqual(power, "auto")

    def test_of_a_stick_that_is_a_keyboard_the_keyboard_is_switched_off_and_the_disk_is_not(self):
        paths = [USB, USB + "/1-2:1.0", USB + "/1-2:1.1"]
        (_, _, keyboard), (disk, keys) = self.ask(usb_device("1234", "5678", [(8, 6, 0x50), (3, 1, 1)]), paths,
                                                  paths[1] + "/authorized", paths[2] + "/authorized")
        self.assertEqual(keyboard["ACREDITA_KEYBOARD_OF_A_STICK"], "1")
        self.assertEqual((disk, keys), ("1", "0"))

    def test_a_keyboard_is_a_keyboard_also_with_a_reader_in_it(self):
        paths = [USB, USB + "/1-2:1.0"]
        for interfaces in ([(3, 1, 1)], [(3, 1, 1), (0x0b, 0, 0)]):
            _, (keys,) = self.ask(usb_device("1234", "5678", interfaces), paths, paths[1] + "/authorized")
            self.assertEqual(keys, "1")

    def test_no_desktop_mounts_sticks_or_discs(self):
        for properties in ({"ID_BUS": "usb"}, {"ID_CDROM": "1"}):
            (disk,), _ = self.ask(block("mocked", **properties), ["/devices/virtual/block/mocked"])
            self.assertEqual(disk["UDISKS_AUTO"], "0", properties)
        (disk,), _ = self.ask(block("mocked", ID_BUS="ata"), ["/devices/virtual/block/mocked"])
        self.assertNotIn("UDISKS_AUTO", disk)

    def test_disks_that_come_over_a_network_are_not_offered(self):
        for name, properties in (("nbd77", {}), ("rbd77", {}), ("mocked", {"ID_PATH": "ip-10.0.0.1:3260-iscsi-x-lun-1"})):
            (disk,), _ = self.ask(block(name, **properties), [f"/devices/virtual/block/{name}"])
            self.assertEqual(disk.get("UDISKS_IGNORE"), "1", name)

    def test_udev_has_nothing_to_say_against_them(self):
        done = subprocess.run(["udevadm", "test", "/sys/class/mem/null"], capture_output=True, text=True, check=True)
        complaints = [line for line in (done.stdout + done.stderr).splitlines() if "95-acredita.rules:" in line]
        self.assertEqual(complaints, [])


if __name__ == "__main__":
    if shutil.which("umockdev-run") is None:
        print("SKIPPED: there is no umockdev")
        sys.exit(77)
    unittest.main(verbosity=2)
