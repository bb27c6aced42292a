#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the module says to the system's log about its configuration: system_log.py MODULE.

Runs in a mount namespace of its own, where /etc and /dev are those of the machine and a file and a socket more, and reads
what comes out of that socket, /dev/log.
"""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile

SKIPPED = 77
CONFIGURATION = pathlib.Path("/etc/acredita/module.toml")
# One process that initialises the module three times.
HOST = """
import ctypes, sys
module = ctypes.CDLL(sys.argv[1])
for _ in range(3):
    assert module.C_Initialize(None) == 0
    assert module.C_Finalize(None) == 0
"""


def furnish(folder: str, kept: pathlib.Path) -> None:
    """A folder of our own in place of FOLDER, in which everything leads to what was there."""
    there = kept / folder.strip("/")
    there.mkdir()
    for command in (("mount", "--rbind", folder, str(there)), ("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)):
        subprocess.run(command, check=True)
    for name in os.listdir(there):
        if name not in ("log", "acredita"):
            os.symlink(there / name, pathlib.Path(folder) / name)


def told(log: socket.socket, module: str, text: str | None) -> list[str]:
    """What the log receives when a program uses the module with this configuration; nothing may come to the streams."""
    CONFIGURATION.unlink(missing_ok=True)
    if text is not None:
        CONFIGURATION.write_text(text, encoding="utf-8")
    done = subprocess.run((sys.executable, "-c", HOST, module), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"with {text!r} the module does not load: {done.stderr}"
    assert done.stdout + done.stderr == "", f"with {text!r} the program's streams carry {done.stdout}{done.stderr}"
    lines = []
    while True:
        try:
            lines.append(log.recv(4096).decode("ascii"))
        except BlockingIOError:
            return lines


def main(module: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        kept = pathlib.Path(name)
        subprocess.run(("mount", "-t", "tmpfs", "tmpfs", name), check=True)
        furnish("/etc", kept)
        furnish("/dev", kept)
        CONFIGURATION.parent.mkdir()
        log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        log.bind("/dev/log")
        assert told(log, module, None) == [], "no file is no complaint"
        assert told(log, module, "[pin]\nkeypad = true\n") == [], "nor is a good one"
        for bad in ("[pin]\nlast_try = \"never\"\n", "= = =", "x" * 20000):
            lines = told(log, module, bad)
            assert len(lines) == 1, f"{bad[:30]!r} is told once in a process, not {len(lines)} times"
            # RFC 3164, 4.1.1: facility user (1), severity warning (4).
            assert lines[0].startswith("<12>") and " acredita: " in lines[0], lines[0]
            assert "module.toml" in lines[0], f"the line names the file: {lines[0]}"
            print(lines[0].rstrip("\0"))
        subprocess.run(("umount", "-l", "/dev"), check=True)
        subprocess.run(("umount", "-l", "/etc"), check=True)
        subprocess.run(("umount", "-l", name), check=True)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        inside = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--user", "--map-root-user"]
        if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode != 0:
            print("SKIPPED: this system gives no mount namespace")
            sys.exit(SKIPPED)
        sys.exit(subprocess.run([*inside, sys.executable, __file__, sys.argv[1], "inside"], check=False).returncode)
    main(sys.argv[1])
