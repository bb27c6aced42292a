#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""rights_spec.py PROBE SETUP: who may do what with a stick, asked of the real polkitd and UDisks2 by real users. SETUP
is "-" where nothing is set up. Runs within tests/support/own_sticks.sh."""

import os
import pathlib
import subprocess
import sys
import time
import unittest

PROBE, SETUP = sys.argv[1:3]
KIOSK, VISITOR = "acredita-kiosk", "visitor"
# Loop devices are seen by every UDisks of this PC, those of other tests too.
LABEL = "L" + os.urandom(4).hex().upper()
UDISKS = "org.freedesktop.udisks2."
NEEDED = {UDISKS + name for name in ("filesystem-mount", "filesystem-mount-other-seat", "filesystem-unmount-others",
                                     "eject-media", "eject-media-other-seat", "power-off-drive",
                                     "power-off-drive-other-seat")}


def run(*command, check=True):
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=300)


def as_user(user, *command):
    done = run("setpriv", "--reuid", user, "--regid", user, "--clear-groups", *command, check=False)
    return (done.stdout + done.stderr).splitlines()


def mounts(device):
    lines = pathlib.Path("/proc/self/mountinfo").read_text().splitlines()
    return [line.split()[5].split(",") for line in lines if f" {device} " in line]


class Office(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        image = pathlib.Path(os.environ["ACREDITA_IMAGES"]) / "stick"
        run("truncate", "-s", "16M", image)
        run("mkntfs", "-F", "-q", "-L", LABEL, image)
        os.makedirs("/mnt/fill", exist_ok=True)
        run("mount", "-t", "ntfs-3g", image, "/mnt/fill")
        pathlib.Path("/mnt/fill/copia.p12").write_text("the backup")
        run("umount", "/mnt/fill")
        cls.device = run("losetup", "--find", "--show", image).stdout.strip()
        cls.object = "/org/freedesktop/UDisks2/block_devices/" + os.path.basename(cls.device)
        for _ in range(600):
            if any(line.startswith(f"volume {LABEL} ntfs") for line in run(PROBE, "--loop", "list", check=False).stdout.splitlines()):
                return
            time.sleep(0.1)
        raise AssertionError("UDisks does not see the stick")

    @classmethod
    def tearDownClass(cls):
        run("losetup", "--detach", cls.device)

    def tearDown(self):
        run("umount", self.device, check=False)

    def probe(self, user, *words):
        return as_user(user, PROBE, "--loop", *words)

    def call(self, user, interface, method, *arguments):
        return " ".join(as_user(user, "busctl", "--system", "call", "org.freedesktop.UDisks2", self.object,
                                "org.freedesktop.UDisks2." + interface, method, *arguments))

    def mount(self, user, *options):
        wanted = ("a{sv}", "1", "options", "s", ",".join(options)) if options else ("a{sv}", "0")
        return self.call(user, "Filesystem", "Mount", *wanted)


class WithTheSetup(Office):
    def test_the_kiosk_reads_saves_and_lets_go(self):
        self.assertEqual(self.probe(KIOSK, "read", LABEL, "copia.p12")[-1:], ["bytes the backup"])
        self.assertEqual(self.probe(KIOSK, "save", LABEL, "carta.pdf", "a letter"), ["saved carta.pdf"])
        self.assertEqual(self.probe(KIOSK, "release", LABEL), ["released unmounted"])
        self.assertEqual(mounts(self.device), [])

    def test_nobody_else_does(self):
        self.assertEqual(self.probe(VISITOR, "read", LABEL, "copia.p12"), ["stick.mount_refused"])
        self.assertEqual(self.probe(VISITOR, "save", LABEL, "carta.pdf", "x"), ["stick.mount_refused"])
        self.assertEqual(mounts(self.device), [])

    def granted(self, user, actions):
        waiting = subprocess.Popen(["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "sh", "-c",
                                    "echo; exec sleep 600"], stdout=subprocess.PIPE)
        try:
            waiting.stdout.readline()  # from then on it is that user's
            return {a for a in actions
                    if run("pkcheck", "--action-id", a, "--process", str(waiting.pid), check=False).returncode == 0}
        finally:
            waiting.kill()
            waiting.wait()
            waiting.stdout.close()

    def test_polkit_grants_the_kiosk_what_it_needs_and_not_one_action_more(self):
        actions = [a for a in run("pkaction").stdout.split() if a.startswith(UDISKS)]
        self.assertGreater(len(actions), 20)
        self.assertEqual(self.granted(KIOSK, actions), NEEDED)
        self.assertEqual(self.granted(VISITOR, actions), set())

    def test_polkit_lets_the_kiosk_talk_to_the_card_where_pcscd_asks_it(self):
        actions = {"org.debian.pcsc-lite.access_pcsc", "org.debian.pcsc-lite.access_card"}
        self.assertLess(actions, set(run("pkaction").stdout.split()))
        self.assertEqual(self.granted(KIOSK, actions), actions)
        self.assertEqual(self.granted(VISITOR, actions), set())

    def test_the_kiosk_cannot_format_a_stick_nor_read_it_raw(self):
        for method, arguments in (("Format", ("sa{sv}", "vfat", "0")), ("OpenForBackup", ("a{sv}", "0")),
                                  ("OpenDevice", ("sa{sv}", "rw", "0")), ("Rescan", ("a{sv}", "0"))):
            self.assertRegex(self.call(KIOSK, "Block", method, *arguments), "(?i)not authorized", method)
        self.assertEqual(self.probe(KIOSK, "read", LABEL, "copia.p12")[-1:], ["bytes the backup"])

    def test_the_kiosk_cannot_make_a_stick_out_of_a_file(self):
        with open("/run/forged", "w+b") as file:
            file.truncate(1 << 20)
        os.chmod("/run/forged", 0o666)
        said = as_user(KIOSK, "udisksctl", "loop-setup", "--no-user-interaction", "-f", "/run/forged")
        self.assertRegex(" ".join(said), "(?i)not authorized|NotAuthorized")

    def test_whoever_asks_for_no_flags_gets_the_safe_ones(self):
        self.assertIn("/media/", self.mount("root"))
        self.assertEqual(set(mounts(self.device)[0]) & {"ro", "noexec", "nosuid", "nodev"}, {"ro", "noexec", "nosuid", "nodev"})

    def test_whoever_asks_for_less_is_refused(self):
        for option in ("exec", "suid", "dev", "remount", "allow_other"):
            self.assertRegex(self.mount(KIOSK, option), "not allowed", option)
            self.assertRegex(self.mount("root", option), "not allowed", option)
        self.assertEqual(mounts(self.device), [])

    def test_writing_must_be_asked_for_by_name_and_is_then_still_without_programs(self):
        self.assertIn("/media/", self.mount(KIOSK, "rw", "sync"))
        self.assertEqual(set(mounts(self.device)[0]) & {"rw", "noexec", "nosuid", "nodev"}, {"rw", "noexec", "nosuid", "nodev"})


class WithoutTheSetup(Office):
    """Why it is needed: what Debian does by itself."""

    def test_the_kiosk_may_not_mount(self):
        self.assertEqual(self.probe(KIOSK, "read", LABEL, "copia.p12"), ["stick.mount_refused"])

    def test_a_stick_is_mounted_for_writing_and_for_programs(self):
        self.mount("root")
        self.assertIn("rw", mounts(self.device)[0])
        self.assertNotIn("noexec", mounts(self.device)[0])

    def test_the_kiosk_asks_for_its_flags_all_the_same(self):
        self.assertEqual(self.probe("root", "read", LABEL, "copia.p12")[-1:], ["bytes the backup"])


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(WithoutTheSetup if SETUP == "-" else WithTheSetup)
    sys.exit(0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1)
