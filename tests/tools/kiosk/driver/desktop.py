# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A screen, a keyboard and an accessibility bus of a test's own: nothing of the machine's desktop is touched.

A test file ends with `desktop.main(tests)`. It starts itself again inside a private D-Bus session, brings up an X
server on a number nobody else has, runs each test with a Desktop and says which failed. Nothing waits for a time;
everything waits for a state, for as long as PATIENCE.
"""

import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

PATIENCE = float(os.environ.get("KIOSK_PATIENCE", "120"))  # seconds; for machines that stand still now and then


class Skip(Exception):
    """What the test wants is not on this machine."""


def wait(condition, what, patience=PATIENCE):
    """The first true value of condition()."""
    end = time.monotonic() + patience
    pause = 0.01
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"it never came to this: {what() if callable(what) else what}")
        pump(pause)
        pause = min(pause * 1.5, 0.2)


def with_parent():
    """For a process that is about to be one of ours: it ends when its parent does, however that ends."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def pump(seconds):
    """Lets accessibility events in for a while."""
    from gi.repository import GLib

    end = time.monotonic() + seconds
    context = GLib.MainContext.default()
    while context.iteration(False) or time.monotonic() < end:
        time.sleep(0.002)


class Desktop:
    def __init__(self, size="1280x800", keyboard="es"):
        self.size = size
        self.folder = pathlib.Path(os.environ["ACREDITA_TEST_DESKTOP"])
        read, write = os.pipe()
        self.log = open(self.folder / "xvfb.log", "ab")
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write], stdout=self.log, stderr=self.log, preexec_fn=with_parent)
        os.close(write)
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        os.environ["DISPLAY"] = ":" + number
        subprocess.run(["setxkbmap", keyboard], check=True, stderr=self.log)
        self.programs = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in self.programs:
            program.end()
        self.server.terminate()
        self.server.wait()
        self.log.close()

    def environment(self, **more):
        env = dict(os.environ)
        for name in ("QT_IM_MODULE", "XMODIFIERS", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR"):
            env.pop(name, None)
        env.update(QT_QPA_PLATFORM="xcb", QT_QUICK_BACKEND="software", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
                   QT_FORCE_STDERR_LOGGING="1", LANG="C.UTF-8", **more)
        return env

    def start(self, command, **environment):
        from .window import Program

        probe = os.environ.get("KIOSK_PROBE")
        socket = str(self.folder / f"probe-{time.monotonic_ns()}")
        if probe:
            environment.update(QT_PLUGIN_PATH=probe, QT_QPA_GENERIC_PLUGINS="acredita-probe", ACREDITA_PROBE=socket)
        program = Program(self, [str(c) for c in command], self.environment(**environment), socket)
        self.programs.append(program)
        return program

    def screenshot(self, file):
        pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(file)], check=True)

    def selections(self):
        """What each X selection gives to whoever asks; None where nobody owns it."""
        found = {}
        for name in ("primary", "secondary", "clipboard"):
            ran = subprocess.run(["xclip", "-o", "-selection", name], capture_output=True, timeout=PATIENCE, check=False)
            found[name] = ran.stdout if ran.returncode == 0 else None
        return found


def main(tests, size="1280x800"):
    """Runs the tests of a file, or those named on the command line, and ends the process."""
    for program in ("Xvfb", "xdotool", "dbus-run-session", "setxkbmap", "xclip"):
        if shutil.which(program) is None:
            print(f"SKIPPED: {program} is not installed")
            sys.exit(77)
    try:
        import gi

        gi.require_version("Atspi", "2.0")
    except (ImportError, ValueError) as missing:
        print(f"SKIPPED: {missing}")
        sys.exit(77)
    if "ACREDITA_TEST_DESKTOP" not in os.environ:
        sys.exit(in_session_of_its_own())
    with_parent()
    known = {test.__name__ for test in tests}
    wanted = [argument for argument in sys.argv[1:] if argument in known]
    failed = 0
    for test in tests:
        if wanted and test.__name__ not in wanted:
            continue
        started = time.monotonic()
        try:
            with Desktop(getattr(test, "size", size)) as desktop:
                test(desktop)
            word = "passed"
        except Skip as why:
            word = f"SKIPPED: {why}"
        except BaseException:  # the next test runs all the same
            traceback.print_exc()
            failed += 1
            word = "error: FAILED"
        print(f"{test.__name__.replace('_', ' ')}: {word} ({time.monotonic() - started:.1f} s)", flush=True)
    sys.stdout.flush()
    # Accessibility libraries have threads and a bus connection that is dying with us.
    os._exit(1 if failed else 0)


def in_session_of_its_own():
    folder = tempfile.mkdtemp(prefix="acredita-kiosk-test-")
    runtime = os.path.join(folder, "run")
    os.mkdir(runtime, 0o700)
    env = dict(os.environ, ACREDITA_TEST_DESKTOP=folder, HOME=folder, XDG_RUNTIME_DIR=runtime, TMPDIR=folder,
               GTK_USE_PORTAL="0", NO_AT_BRIDGE="0", PYTHONDONTWRITEBYTECODE="1")
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"):
        env.pop(name, None)
    session = subprocess.Popen(["dbus-run-session", "--", sys.executable, *sys.argv], env=env,
                               preexec_fn=with_parent)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return session.wait()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            session.send_signal(signal.SIGTERM)
        session.wait()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
