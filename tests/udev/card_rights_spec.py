#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""card_rights_spec.py SOCKET_CONF: who may talk to the card. The real pcscd behind a socket that is made as systemd would
make it from SOCKET_CONF, and real users who ask it for a context. Runs within tests/support/own_sticks.sh."""

import grp
import os
import pathlib
import socket
import subprocess
import sys
import time

ASK = """
import ctypes
context = ctypes.c_long()
print(ctypes.CDLL("libpcsclite.so.1").SCardEstablishContext(ctypes.c_ulong(2), None, None, ctypes.byref(context)) & 0xFFFFFFFF)
"""
PCSCD = "/usr/sbin/pcscd"


def main(conf):
    if not os.path.exists(PCSCD):
        print("SKIPPED: there is no pcscd")
        return 77
    settings = dict(line.split("=", 1) for line in pathlib.Path(conf).read_text().splitlines() if "=" in line and line[0] != "#")
    with open("/etc/group", "a", encoding="ascii") as groups:
        groups.write("acredita-card:x:64903:acredita-kiosk\n")
    os.makedirs("/run/pcscd")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind("/run/pcscd/pcscd.comm")
    listening.listen()
    os.chown("/run/pcscd/pcscd.comm", 0, grp.getgrnam(settings["SocketGroup"]).gr_gid)
    os.chmod("/run/pcscd/pcscd.comm", int(settings["SocketMode"], 8))
    served = os.fork()
    if served == 0:
        os.dup2(listening.fileno(), 3)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execv(PCSCD, [PCSCD, "--foreground", "--error"])
    listening.close()

    def asked_by(user):
        done = subprocess.run(["setpriv", "--reuid", user, "--regid", user, "--init-groups", sys.executable, "-c", ASK],
                              capture_output=True, text=True, timeout=120, check=True)
        return int(done.stdout)

    faults = []
    try:
        for _ in range(600):  # until pcscd is there
            if asked_by("root") == 0:
                break
            time.sleep(0.1)
        for user, may in (("root", True), ("acredita-kiosk", True), ("visitor", False)):
            code = asked_by(user)
            if (code == 0) != may:
                faults.append(f"{user}: 0x{code:08X}")
            else:
                print(f"ok   {user} {'may' if may else 'may not'} talk to the card (0x{code:08X})")
    finally:
        os.kill(served, 15)
        os.waitpid(served, 0)
    for fault in faults:
        print("FAIL", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
