# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A screen, a practice card and a person's hands for the tests with real browsers.

Everything is counted from what the card saw (the transcript) as well as from what the screen showed.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

PIN = "123456"
WRONG_PIN = "654321"
CARET = 24  # pixels that differ between a caret and none
PATIENCE = 90  # seconds until a test gives up; never waited for when all is well


class Failure(Exception):
    pass


def require(condition, sentence):
    if not condition:
        raise Failure(sentence)
    print(f"ok   {sentence}", flush=True)


def wait_until(condition, sentence, patience=PATIENCE, pause=0.1):
    """The first true value of condition(), or a Failure."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(pause)
    raise Failure(f"in {patience} s it did not come about that {sentence}")


def skip_without(*programs):
    for program in programs:
        if shutil.which(program) is None:
            print(f"SKIPPED: {program} is not installed")
            sys.exit(77)


class Screen:
    """An Xvfb of its own, the windows on it, and a keyboard."""

    def __init__(self, artifacts):
        self.artifacts = pathlib.Path(artifacts)
        self.artifacts.mkdir(parents=True, exist_ok=True)
        self.seen = {}  # window: every title it had
        self.ended = threading.Event()

    def __enter__(self):
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            # -r: a machine that pauses while a key is down must not type it twice.
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1100x900x24", "-nolisten", "tcp", "-r"],
            pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        require(number, "there is a screen")
        os.environ["DISPLAY"] = ":" + number
        os.environ.pop("WAYLAND_DISPLAY", None)
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.watcher.join()
        self.server.terminate()
        self.server.wait()

    @staticmethod
    def _xdotool(*words):
        return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout

    def _watch(self):
        while not self.ended.wait(0.2):
            for window, title in self.windows().items():
                self.seen.setdefault(window, set()).add(title)

    def windows(self):
        """What can be seen now, by number."""
        found = {}
        for number in self._xdotool("search", "--onlyvisible", "--name", ".").split():
            title = self._xdotool("getwindowname", number).strip()
            if title:
                found[number] = title
        return found

    def window(self, pattern):
        return next((n for n, title in self.windows().items() if re.search(pattern, title)), None)

    def wait_for(self, pattern):
        return wait_until(lambda: self.window(pattern), f"a window «{pattern}» appears (there are {self.windows()})")

    def wait_gone(self, window):
        wait_until(lambda: window not in self.windows(), "the window closes")

    def count(self, pattern):
        """How many windows with such a title there have ever been."""
        return sum(any(re.search(pattern, t) for t in titles) for titles in self.seen.values())

    def type(self, window, text):
        """As a person does: looks whether the field is there, and after each key whether it has taken it."""
        # Without a window manager nobody gives the focus.
        self._xdotool("windowfocus", "--sync", window)
        before = self._at_rest(window)
        for key in text:
            self._xdotool("key", key)
            before = self._changed(window, before, key)
        self._xdotool("key", "Return")

    @staticmethod
    def _look(window):
        return subprocess.run(["import", "-window", window, "-depth", "8", "gray:-"], capture_output=True,
                              check=False).stdout

    @staticmethod
    def _apart(one, other):
        """In how many pixels; a caret that blinks is a few."""
        return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other))

    def _at_rest(self, window):
        """The window once it is drawn and stays as it is, but for a caret."""
        seen = []

        def drawn():
            seen.append(self._look(window))
            last = seen[-3:]
            return len(last) == 3 and len(set(last[2])) > 8 and max(
                self._apart(last[0], last[1]), self._apart(last[1], last[2])) <= CARET

        wait_until(drawn, "the window is drawn")
        return seen[-1]

    def _changed(self, window, before, key):
        """What the window shows once it shows one more key; one that was lost on the way is pressed again."""
        for _ in range(3):
            end = time.monotonic() + 10
            while time.monotonic() < end:
                now = self._look(window)
                if self._apart(before, now) > CARET:
                    return now
                time.sleep(0.05)
            self._xdotool("windowfocus", "--sync", window)
            self._xdotool("key", key)
        raise Failure("a key that was pressed does not show")

    def key(self, window, name):
        self._xdotool("windowfocus", "--sync", window)
        self._xdotool("key", name)

    def picture(self, name):
        subprocess.run(["import", "-window", "root", str(self.artifacts / f"{name}.png")], check=False)


class Card:
    """The practice card: its control socket, and what its transcript says happened."""

    def __init__(self, transcript):
        self.transcript = pathlib.Path(transcript)
        self.start = 0

    def order(self, line):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(os.environ["ACREDITA_PRACTICE_CONTROL"])
            control.sendall(line.encode() + b"\n")
            answer = control.recv(256).decode().strip()
        if not answer.startswith("ok"):
            raise Failure(f"{line}: {answer}")

    @staticmethod
    def noticed(acredita, there):
        """pcscd looks at its readers several times a second; what it has not seen no browser can be told of."""

        def seen():
            told = subprocess.run([acredita, "readers", "--json"], capture_output=True, text=True)
            readers = json.loads(told.stdout)["readers"]
            return bool(readers) and readers[0]["card"] == there and not readers[0]["mute"]

        wait_until(seen, "pcscd notices the card")

    def forget(self):
        self.start = self.transcript.stat().st_size

    def exchanges(self):
        """(header in hexadecimal, whether data went with it, status word) since forget()."""
        found = []
        with self.transcript.open(encoding="ascii") as lines:
            lines.seek(self.start)
            header = data = None
            for line in lines:
                words = line.split()
                if line.startswith(">"):
                    header, data = words[2], "Lc=" in line
                elif line.startswith("<") and header:
                    found.append((header, data, words[-1]))
        return found

    def verifies(self):
        """Status words of every PIN that reached the card."""
        return [sw for header, data, sw in self.exchanges() if header[2:4] == "20" and data]

    def signatures(self):
        return [sw for header, _, sw in self.exchanges() if header[2:4] == "87" and header[0] == "0" and sw == "9000"]


@contextlib.contextmanager
def browser_test(acredita, browser, *options):
    """`acredita browser-test`; its result is the dictionary when the block has ended."""
    result = {}
    process = subprocess.Popen([acredita, "browser-test", "--browser", browser, "--json", "--timeout", "300", *options],
                               stdout=subprocess.PIPE, text=True)
    result["process"] = process
    try:
        yield result
        output, _ = process.communicate(timeout=60)
        result["code"] = process.returncode
        result.update(json.loads(output))
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def load_card(acredita, backup_sh, variant, directory):
    """A fresh backup, put on the card as an office does."""
    directory = pathlib.Path(directory)
    subprocess.run(["sh", backup_sh, str(directory / "backup"), variant], input="browser 1\n", text=True, check=True)
    (directory / "pin").write_text(PIN + "\n")
    (directory / "passphrase").write_text("browser 1\n")
    with open(directory / "pin") as pin, open(directory / "passphrase") as passphrase:
        subprocess.run([acredita, "issue", str(directory / "backup/backup.p12"), "--pin-fd", str(pin.fileno()),
                        "--passphrase-fd", str(passphrase.fileno())],
                       pass_fds=[pin.fileno(), passphrase.fileno()], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    require(True, f"a card with {variant} is loaded and proven")
    return directory / "backup"
