#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""mock_sticks.py PROBE: what no loop device can be (a drive that is powered off, a disc, a UDisks that does not keep
its word), by a mocked UDisks2; and what this kernel cannot mount. Beneath the mock lies a real NTFS file system on a
real loop device, mounted with exactly the flags that were asked for, or with fewer where a test is about that.
Runs within tests/support/own_sticks.sh, on its bus, with ACREDITA_MOCKED=yes."""

import os
import pathlib
import subprocess
import sys
import unittest

try:
    import dbus
    import dbusmock
except ImportError:
    print("SKIPPED: there is no python3-dbusmock")
    sys.exit(77)

NAME = "org.freedesktop.UDisks2"
TOP = "/org/freedesktop/UDisks2"
BLOCK = TOP + "/block_devices/sdb1"
DRIVE = TOP + "/drives/Maker_Stick"
POINT = "/media/mocked"
PROBE = sys.argv.pop(1)

# What Mount does. Options come as they were asked for; {without} are lost on the way. `exec` of dbusmock has no
# subprocess of its own.
MOUNT = """
import subprocess
asked = str(args[0]["options"]).split(",")
assert args[0]["auth.no_user_interaction"]
kept = []
for o in asked:
    if o not in {without}:
        kept.append(o)
    elif o in ("ro", "rw"):
        kept.append("rw" if o == "ro" else "ro")
subprocess.run(["mkdir", "-p", "{point}"], check=True)
subprocess.run(["mount", "-t", "ntfs-3g", "-o", ",".join(kept), "{device}", "{point}"], check=True)
ret = "{point}"
"""
UNMOUNT = """
import subprocess
assert args[0]["auth.no_user_interaction"]
if subprocess.run(["umount", "{point}"], capture_output=True).returncode != 0:
    raise dbus.exceptions.DBusException("not mounted", name="org.freedesktop.UDisks2.Error.NotMounted")
"""
REFUSE = 'raise dbus.exceptions.DBusException("no", name="org.freedesktop.UDisks2.Error.{error}")'


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def make_stick():
    image = pathlib.Path(os.environ["ACREDITA_IMAGES"]) / "mocked"
    run("truncate", "-s", "16M", image)
    run("mkntfs", "-F", "-q", "-L", "MOCKED", image)
    os.makedirs("/mnt/fill", exist_ok=True)
    run("mount", "-t", "ntfs-3g", image, "/mnt/fill")
    pathlib.Path("/mnt/fill/copia.p12").write_text("the backup")
    run("umount", "/mnt/fill")
    return run("losetup", "--find", "--show", image)


class Mocked(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.device = make_stick()
        number = os.stat(cls.device).st_rdev
        cls.number = os.major(number) << 8 | os.minor(number)
        cls.server = subprocess.Popen([sys.executable, "-m", "dbusmock", "--system", "-m", NAME, TOP, NAME],
                                      stdout=subprocess.DEVNULL)
        dbusmock.DBusTestCase.wait_for_bus_object(NAME, TOP, system_bus=True, timeout=600)
        cls.bus = dbus.SystemBus()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        run("losetup", "--detach", cls.device)

    def mock(self, path):
        return dbus.Interface(self.bus.get_object(NAME, path), dbusmock.MOCK_IFACE)

    def plug(self, file_system="vfat", optical=False, power=True, without=(), errors=None):
        """A stick of the mock; `without` are the flags it loses, `errors` what its methods answer."""
        top = self.mock(TOP)
        top.Reset()
        code = {"Mount": MOUNT.format(without=list(without), point=POINT, device=self.device),
                "Unmount": UNMOUNT.format(point=POINT), "PowerOff": "", "Eject": ""}
        for method, error in (errors or {}).items():
            code[method] = REFUSE.format(error=error)
        top.AddObject(DRIVE, NAME + ".Drive", {
            "ConnectionBus": "usb", "Optical": optical, "Media": "", "Vendor": "Maker", "Model": "Stick",
            "CanPowerOff": power, "Ejectable": optical, "TimeMediaDetected": dbus.UInt64(7),
        }, [("PowerOff", "a{sv}", "", code["PowerOff"]), ("Eject", "a{sv}", "", code["Eject"])])
        top.AddObject(BLOCK, NAME + ".Block", {
            "Drive": dbus.ObjectPath(DRIVE), "IdUsage": "filesystem", "IdType": file_system, "IdLabel": "ANA",
            "Size": dbus.UInt64(16 << 20), "DeviceNumber": dbus.UInt64(self.number), "HintIgnore": False, "ReadOnly": False,
        }, [])
        block = self.mock(BLOCK)
        block.AddProperties(NAME + ".Filesystem", {"MountPoints": dbus.Array([], signature="ay")})
        block.AddMethods(NAME + ".Filesystem", [("Mount", "a{sv}", "s", code["Mount"]),
                                                ("Unmount", "a{sv}", "", code["Unmount"])])

    def probe(self, *words):
        done = subprocess.run([PROBE, "--optical", *words], capture_output=True, text=True, timeout=300)
        return done.stdout.splitlines()

    def calls(self, path):
        return [str(name) for _, name, _ in self.mock(path).GetCalls()]

    def tearDown(self):
        mounted = pathlib.Path("/proc/self/mountinfo").read_text()
        self.assertNotIn(POINT, mounted, "something stayed mounted")

    def test_every_supported_file_system_is_read_by_its_name(self):
        for name in ("vfat", "exfat", "ntfs"):
            self.plug(name)
            self.assertEqual(self.probe("list"), [f"volume ANA {name} usb -"])
            self.assertEqual(self.probe("read", "ANA", "copia.p12")[-1:], ["bytes the backup"])

    def test_a_disc_is_read_and_ejected(self):
        for name in ("iso9660", "udf"):
            self.plug(name, optical=True)
            self.assertEqual(self.probe("list"), [f"volume ANA {name} optical -"])
            self.assertEqual(self.probe("read", "ANA", "copia.p12")[-1:], ["bytes the backup"])
            self.assertEqual(self.probe("release", "ANA"), ["released unmounted"])
            self.assertIn("Eject", self.calls(DRIVE))

    def test_a_drive_is_powered_off(self):
        self.plug()
        self.assertEqual(self.probe("release", "ANA"), ["released powered off"])
        self.assertEqual(self.calls(DRIVE), ["PowerOff"])

    def test_a_mount_that_lost_a_flag_is_refused_and_undone_before_anything_is_read(self):
        for flag in ("ro", "noexec", "nosuid", "nodev"):
            self.plug(without=[flag])
            self.assertEqual(self.probe("read", "ANA", "copia.p12"), ["stick.flags_missing"], flag)

    def test_a_stick_that_only_lets_itself_be_read_takes_no_letter(self):
        self.plug()
        self.mock(BLOCK).UpdateProperties(NAME + ".Block", {"ReadOnly": True})
        self.assertEqual(self.probe("save", "ANA", "carta.pdf", "a letter"), ["stick.write_protected"])
        self.plug(without=["rw"])
        self.assertEqual(self.probe("save", "ANA", "carta.pdf", "a letter"), ["stick.write_protected"])

    def test_a_mount_of_another_device_is_refused(self):
        self.plug()
        self.mock(BLOCK).UpdateProperties(NAME + ".Block", {"DeviceNumber": dbus.UInt64(8 << 8 | 17)})
        self.assertEqual(self.probe("read", "ANA", "copia.p12"), ["stick.flags_missing"])

    def test_a_letter_is_saved_by_a_mount_of_its_own(self):
        self.plug()
        self.assertEqual(self.probe("save", "ANA", "carta.pdf", "a letter"), ["saved carta.pdf"])
        self.assertEqual(self.calls(BLOCK), ["Mount", "Unmount", "Mount", "Unmount"])
        options = [str(args[0]["options"]) for _, name, args in self.mock(BLOCK).GetCalls() if name == "Mount"]
        self.assertEqual(options, ["rw,sync,noexec,nosuid,nodev", "ro,noexec,nosuid,nodev"])

    def test_each_answer_of_udisks_has_its_name(self):
        for error, name in (("NotAuthorized", "mount_refused"), ("NotAuthorizedCanObtain", "mount_refused"),
                            ("DeviceBusy", "in_use"), ("OptionNotPermitted", "flags_missing"),
                            ("Failed", "mount_failed")):
            self.plug(errors={"Mount": error})
            self.assertEqual(self.probe("read", "ANA", "copia.p12"), ["stick." + name], error)
        self.plug(errors={"PowerOff": "DeviceBusy"})
        self.assertEqual(self.probe("release", "ANA"), ["stick.in_use"])


if __name__ == "__main__":
    for name in ("vfat", "exfat", "iso9660"):
        if name not in pathlib.Path("/proc/filesystems").read_text().split():
            print(f"SKIPPED: this kernel cannot mount {name}; NTFS beneath a mocked UDisks2 stands in for it", flush=True)
    unittest.main(verbosity=2)
