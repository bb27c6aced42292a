# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Sits at `pkcs11-tool --test-hotplug` and at the practice reader: hotplug.py COMMAND... presses return when asked to,
takes the card out and puts it in again, and demands that each listing shows it. Ends with the command's exit code."""
import json
import os
import select
import socket
import subprocess
import sys
import time

PROMPT, WAITING = "x to exit: ", "Calling C_WaitForSlotEvent: "
THERE, GONE = "token label ", "(empty)"


def order(text):
    with socket.socket(socket.AF_UNIX) as control:
        control.connect(os.environ["ACREDITA_PRACTICE_CONTROL"])
        control.sendall((text + "\n").encode())
        answer = control.recv(200).decode().strip()
    print("<<", text, ">>", answer)
    assert answer == "ok", answer


def noticed(there):
    """pcscd looks at its readers several times a second; what it has not seen nobody can be told of."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        told = subprocess.run([os.environ["ACREDITA"], "readers", "--json"], capture_output=True, text=True)
        readers = json.loads(told.stdout)["readers"]
        if readers and readers[0]["card"] == there and not readers[0]["mute"]:
            return
        time.sleep(0.05)
    sys.exit("pcscd does not notice")


class Tool:
    def __init__(self, command):
        self.process = subprocess.Popen(["stdbuf", "-o0"] + command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT)

    def until(self, *ends):
        """What it says until one of these is the last word."""
        said, deadline = "", time.monotonic() + 60
        while not said.endswith(ends):
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            more = os.read(self.process.stdout.fileno(), 4096) if ready else b""
            if not more:
                sys.exit("it says no more after: " + said)
            said += more.decode(errors="replace")
            print(more.decode(errors="replace"), end="")
        return said

    def press(self, key=""):
        self.process.stdin.write((key + "\n").encode())
        self.process.stdin.flush()

    def wait(self, act, sign):
        """C_WaitForSlotEvent, with something happening meanwhile; earlier events may be told first."""
        done = False
        while True:
            self.press()
            self.until(WAITING)
            if not done:
                order(act)
                done = True
            if sign in self.until(PROMPT):
                return


def main():
    tool = Tool(sys.argv[1:])
    tool.until(PROMPT)
    for act, sign in ((None, THERE), ("remove 0", GONE), ("insert 0", THERE)):
        if act:
            order(act)
            noticed(sign == THERE)
        tool.press()
        said = tool.until(PROMPT)
        assert sign in said, "not seen by C_GetSlotList: " + str(act)
    tool.press("x")
    tool.until(PROMPT)
    for _ in range(2):
        tool.wait("remove 0", GONE)
        tool.wait("insert 0", THERE)
    tool.press("x")
    tool.process.stdin.close()
    tool.process.stdout.read()
    sys.exit(tool.process.wait())


main()
