# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The kiosk without a mouse: every page by Tab, Space and Return; and without eyes: what a screen reader walks through."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import Kiosk  # noqa: E402

# Nothing else is operated or read; a role that is not here is a control that screen readers do not know.
ROLES = {"frame", "filler", "panel", "heading", "label", "static", "text", "push button", "check box", "radio button",
         "password text", "list", "list item", "grouping", "progress bar", "dialog", "alert", "image", "icon", "link", "tool bar",
         "section", "separator", "page tab list", "notification", "status bar", "form", "landmark", "client", "paragraph",
         "header", "footer", "scroll pane", "canvas", "application", "window", "layered pane", "graphic"}
OPERATED = ("push button", "check box", "radio button", "password text", "link")
PAGES = ("idle", "arrival", "bring", "password", "person", "consent", "pin", "proven", "checklist", "takeBack")


def tab_to(kiosk, name, role=None):
    """With Tab alone, at most once around the page."""
    program = kiosk.program
    seen = []
    for _ in range(60):
        focused = program.focused()
        if focused and focused.name == name and (role is None or focused.role in role):
            return focused
        before = (focused.role, focused.name) if focused else None
        seen.append(before)
        program.key("Tab")
        wait(lambda: program.focused() and ((program.focused().role, program.focused().name) != before),  # noqa: B023
             lambda: f"another thing with the focus after {before}\n{program.tree()}")  # noqa: B023
    raise AssertionError(f"Tab never comes to {name}: {seen}")


def tab_and(kiosk, key, press="space", role=None, **fills):
    tab_to(kiosk, kiosk.say(key, **fills), role)
    kiosk.program.key(press)


def the_whole_visit_goes_by_keyboard_alone(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup()
    kiosk.at("idle")
    tab_and(kiosk, "kiosk.idle.begin", "Return")
    kiosk.at("arrival")
    tab_and(kiosk, "kiosk.arrival.first")
    tab_and(kiosk, "kiosk.goOn", "Return")
    kiosk.at("bring")
    wait(lambda: any(t.name == kiosk.say("kiosk.goOn") and "enabled" in t.states for t in kiosk.program.things()), "both verdicts")
    tab_and(kiosk, "kiosk.goOn", "Return")
    kiosk.at("password").type_secret("kiosk.password.label", kiosk.passphrase)
    kiosk.program.key("Return")
    kiosk.at("person")
    for what in ("seen", "valid", "same"):
        tab_and(kiosk, f"kiosk.person.{what}")
    tab_and(kiosk, "kiosk.goOn", "Return")
    kiosk.at("consent")
    tab_and(kiosk, "kiosk.consent.sentence")
    tab_and(kiosk, "kiosk.consent.go", "Return")
    kiosk.at("pin").type_secret("kiosk.pin.label", kiosk.pin)
    kiosk.program.key("Return")
    kiosk.at("proven")
    tab_and(kiosk, "kiosk.goOn", "Return")
    kiosk.at("checklist")
    tab_and(kiosk, "kiosk.checklist.go", "Return")
    kiosk.take_everything()


def back_and_forward_keys_are_dead_and_escape_asks_first(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup()
    kiosk.to("person")
    kiosk.program.key("XF86Back", "XF86Forward", "alt+Left", "alt+Right", "BackSpace", "F5", "ctrl+w", "ctrl+q", "alt+F4")
    kiosk.at("person")
    kiosk.program.key("Escape")
    kiosk.program.find("heading", kiosk.say("kiosk.leave.title"))
    kiosk.press("kiosk.leave.stay")
    kiosk.at("person")


def every_page_reads_well_aloud(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup()
    faults = []
    for page in PAGES:
        kiosk.to(page)
        things = kiosk.program.things()
        for thing in things:
            if thing.role not in ROLES:
                faults.append(f"{page}: {thing} has a role no screen reader expects")
            if thing.role in (*OPERATED, "heading", "label", "list", "dialog") and not thing.name.strip():
                faults.append(f"{page}: a {thing.role} without a name")
            if thing.role in ("push button", "link") and not {"Press", "press", "click"} & set(thing.actions):
                faults.append(f"{page}: {thing} cannot be pressed, it can {thing.actions}")
            if thing.role in ("check box", "radio button") and not {"Press", "Toggle", "press", "toggle", "click"} & set(thing.actions):
                faults.append(f"{page}: {thing} cannot be ticked, it can {thing.actions}")
            if thing.role in OPERATED and "focusable" not in thing.states:
                faults.append(f"{page}: {thing} is out of reach of the keyboard")
            if thing.name.startswith("kiosk."):
                faults.append(f"{page}: {thing} is a key of the catalogue")
        names = [t.name for t in things if t.role in OPERATED and t.role != "radio button"]
        for name in {n for n in names if names.count(n) > 1}:
            faults.append(f"{page}: {names.count(name)} controls are called \"{name}\"")
        if not any(t.role == "heading" for t in things):
            faults.append(f"{page}: no heading")
        for mark in ("kiosk.practice", "kiosk.foot.help", "kiosk.foot.support", "kiosk.foot.contact"):
            if mark in kiosk.texts and not kiosk.shows(mark):
                faults.append(f"{page}: {kiosk.say(mark)} is missing")
        if page in ("bring", "password", "person", "consent", "pin", "proven"):
            words = kiosk.say("kiosk.step", steps="7").split("{step}")[0]
            if not any(words in t.name for t in things):
                faults.append(f"{page}: it does not say which step it is")
        focused = kiosk.program.focused()
        if focused is None:
            faults.append(f"{page}: nothing has the focus")
        print(f"  {page}: {len(things)} things, {len(names)} to operate, the focus on {focused}")
    assert not faults, "\n" + "\n".join(faults)


if __name__ == "__main__":
    desktop.main([
        the_whole_visit_goes_by_keyboard_alone,
        back_and_forward_keys_are_dead_and_escape_asks_first,
        every_page_reads_well_aloud,
    ])
