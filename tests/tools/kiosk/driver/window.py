# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A program with a window, as a person with a screen reader, a keyboard or a mouse has it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from .desktop import PATIENCE, pump, wait, with_parent  # noqa: E402

BUTTONS = ("push button", "button", "toggle button", "check box", "radio button", "link", "list item", "menu item")


class Thing:
    """A node of the accessibility tree at the moment it was read."""

    def __init__(self, accessible, depth, index):
        self.accessible = accessible
        self.depth = depth
        self.index = index
        self.role = accessible.get_role_name()
        self.name = accessible.get_name() or ""
        states = accessible.get_state_set()
        self.states = {s for s in ("focused", "focusable", "enabled", "showing", "visible", "editable", "checked",
                                   "checkable", "pressed", "selected", "modal")
                       if states.contains(getattr(Atspi.StateType, s.upper()))}

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def box(self):
        """x, y, width, height on the screen."""
        extents = self.accessible.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        return extents.x, extents.y, extents.width, extents.height

    @property
    def text(self):
        text = self.accessible.get_text_iface()
        return None if text is None else Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))

    @property
    def actions(self):
        action = self.accessible.get_action_iface()
        return [] if action is None else [Atspi.Action.get_action_name(action, i)
                                          for i in range(Atspi.Action.get_n_actions(action))]

    def do(self, name):
        action = self.accessible.get_action_iface()
        names = self.actions
        assert name in names, f"{self} has the actions {names}, not {name}"
        assert Atspi.Action.do_action(action, names.index(name)), f"{self} did not do {name}"

    def __repr__(self):
        return f"{self.role} \"{self.name}\""


class Program:
    def __init__(self, desktop, command, environment, probe):
        self.desktop = desktop
        self.probe = probe
        self.started = time.monotonic()
        self.out = desktop.folder / f"program-{time.monotonic_ns()}.log"
        self.command = command
        with open(self.out, "wb") as out:
            self.process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, stdin=subprocess.PIPE,
                                            start_new_session=True, preexec_fn=with_parent)
        self.events = []
        self.keys_heard = []
        self.listener = None
        self.ready_after = None

    # What it says and whether it lives.
    @property
    def said(self):
        return self.out.read_text(errors="replace")

    def tell(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def alive(self):
        assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.said[-3000:]}"
        return True

    def end(self, patience=PATIENCE):
        if self.listener is not None:
            self.listener.deregister("object")
            self.listener = None
        with contextlib.suppress(ProcessLookupError):
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    # The accessibility tree.
    def application(self):
        """The root of the program whose window we see, be it our child or a child of it."""
        self.alive()
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        mine = descendants(self.process.pid)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            with contextlib.suppress(GLib.Error):
                if child is not None and child.get_process_id() in mine:
                    child.set_cache_mask(Atspi.Cache.NONE)
                    return child
        return None

    def appeared(self):
        """Waits for its window; returns itself."""
        application = wait(self.application, lambda: f"a program of ours in the tree\n{self.said[-3000:]}")
        self.pid = application.get_process_id()
        wait(lambda: self.things(), lambda: f"a window with something in it\n{self.said[-3000:]}")
        self.shown_at = time.clock_gettime(time.CLOCK_BOOTTIME)
        self.ready_after = time.monotonic() - self.started
        return self

    def things(self, everything=False):
        """Every node that is to be seen, in the order a screen reader walks them."""
        found = []

        def walk(accessible, depth, index):
            thing = Thing(accessible, depth, index)
            if depth > 1 and not everything and "visible" not in thing.states:
                return
            if depth > 0:
                found.append(thing)
            for i in range(accessible.get_child_count()):
                child = accessible.get_child_at_index(i)
                if child is not None:
                    walk(child, depth + 1, i)

        # A page may be torn down while it is being read: then it is read again.
        for _ in range(20):
            found.clear()
            try:
                root = self.application()
                if root is not None:
                    walk(root, 0, 0)
                return found
            except GLib.Error:
                self.alive()
                pump(0.05)
        return []

    def tree(self):
        return "\n".join("  " * t.depth + repr(t) + (f" = {t.text!r}" if t.text else "") for t in self.things())

    def look(self, role=None, name=None, containing=None):
        """Every thing that is so; role may be several."""
        roles = (role,) if isinstance(role, str) else role
        return [t for t in self.things()
                if (roles is None or t.role in roles) and (name is None or t.name == name)
                and (containing is None or containing in t.name)]

    def find(self, role=None, name=None, containing=None, patience=PATIENCE):
        return wait(lambda: self.alive() and self.look(role, name, containing),
                    lambda: f"{role} {name or containing or ''} in\n{self.tree()}\n{self.said[-2000:]}", patience)[0]

    def press(self, name=None, role=BUTTONS, containing=None):
        """The default action, as an assistive program does it."""
        thing = wait(lambda: self.alive() and (self.pressable(role, name, containing, False)
                                               or self.pressable(role, name, containing, True)),
                     lambda: f"{role} {name or containing} that can be pressed in\n{self.tree()}\n{self.said[-2000:]}")[0]
        names = thing.actions
        for action in ("Press", "press", "click", "Toggle", "toggle"):
            if action in names:
                thing.do(action)
                return thing
        raise AssertionError(f"{thing} cannot be pressed; it can {names}")

    def pressable(self, role, name, containing, below):
        """`below`: also what one would have to scroll to."""
        roles = (role,) if isinstance(role, str) else role
        return [t for t in self.things(everything=below) if t.role in roles and "enabled" in t.states
                and (name is None or t.name == name) and (containing is None or containing in t.name)]

    def focused(self):
        """What has the focus, as a screen reader is told."""
        found = [t for t in self.things() if "focused" in t.states and t.role not in ("frame", "window")]
        return found[-1] if found else None

    def listen(self):
        """From now on every event of the tree is in self.events, as text."""
        def heard(event, *_):
            with contextlib.suppress(GLib.Error, AttributeError):
                said = event.any_data if isinstance(event.any_data, str) else ""
                self.events.append(f"{event.type} {event.detail1} {event.detail2} {said!r} "
                                   f"{event.source.get_role_name() if event.source else ''} "
                                   f"{event.source.get_name() if event.source else ''}")

        self.listener = Atspi.EventListener.new(heard)
        for kind in ("object:text-changed", "object:text-caret-moved", "object:text-selection-changed",
                     "object:property-change", "object:state-changed", "object:children-changed", "object:announcement",
                     "object:selection-changed", "object:value-changed", "focus", "window"):
            self.listener.register(kind)

        def key(stroke, *_):
            self.keys_heard.append(f"{stroke.event_string} {stroke.id} {stroke.hw_code}")
            return False

        self.key_listener = Atspi.DeviceListener.new(key)
        for modifiers in (0, 1):
            Atspi.register_keystroke_listener(self.key_listener, None, modifiers, (1 << 0) | (1 << 1),
                                              Atspi.KeyListenerSyncType.NOSYNC)

    # The probe inside it (probe/probe.cpp).
    def ask(self, what):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(self.probe)
            client.sendall(what.encode() + b"\n")
            return json.loads(b"".join(iter(lambda: client.recv(65536), b"")))

    def layout(self):
        """What is wrong with what is to be seen: probe/layout.hpp."""
        return self.ask("layout")

    def lag(self):
        return self.ask("lag")

    # Real input.
    def give_keyboard(self):
        """There is no window manager that would."""
        found = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "."], capture_output=True,
                               text=True, timeout=PATIENCE, check=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", "--sync", found[0]], check=True, timeout=PATIENCE)
        return found[0]

    def resize(self, width, height):
        """To the whole screen, as a window manager would."""
        window = self.give_keyboard()
        subprocess.run(["xdotool", "windowmove", window, "0", "0", "windowsize", window, str(width), str(height)],
                       check=True, timeout=PATIENCE)
        wait(lambda: any(t.box[2:] == (int(width), int(height)) for t in self.things()[:1]), "a window as large as the screen")

    def key(self, *keys):
        """Key by key, by their X names: Tab, Return, dead_acute, shift+a."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True, timeout=PATIENCE)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", "--file", "-"], input=text, text=True,
                       check=True, timeout=PATIENCE)

    def click(self, thing):
        x, y, width, height = thing.box
        subprocess.run(["xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "1"], check=True,
                       timeout=PATIENCE)


def descendants(pid):
    """A process and all below it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as stat:
                parents[int(entry)] = int(stat.read().rpartition(")")[2].split()[1])
    found = {pid}
    grown = True
    while grown:
        more = {p for p, parent in parents.items() if parent in found} - found
        grown = bool(more)
        found |= more
    return found
