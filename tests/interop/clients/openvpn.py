# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs an OpenVPN client as a desktop does: openvpn.py PIN COMMAND... answers over the management interface when it
asks for a PIN, ends the tunnel once it stands, and ends with the command's exit code."""
import os
import re
import socket
import subprocess
import sys
import time


def connect(path, process):
    while process.poll() is None:
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(path)
            return client
        except OSError:
            client.close()
            time.sleep(0.05)
    sys.exit("it ended before it could be talked to: %d" % process.returncode)


def main():
    pin, command = sys.argv[1], sys.argv[2:]
    path = os.path.abspath("management")
    process = subprocess.Popen(command + ["--management", path, "unix", "--management-query-passwords", "--management-hold"])
    client = connect(path, process)
    client.sendall(b"state on\nhold release\n")
    asked = 0
    for line in client.makefile("r", encoding="utf-8", errors="replace"):
        print("management:", line.strip())
        question = re.match(r">PASSWORD:Need '(.*)' password", line)
        if question:
            asked += 1
            client.sendall(('password "%s" %s\n' % (question[1], pin)).encode())
        if line.startswith(">STATE:") and ",CONNECTED," in line:
            client.sendall(b"signal SIGTERM\n")
    code = process.wait()
    print("asked %d time(s)" % asked)
    sys.exit(code)


main()
