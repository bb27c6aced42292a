# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The secret field in a real window: typed into by a real keyboard, looked at by everybody who could."""

import hashlib
import os
import pathlib
import secrets
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop, memory  # noqa: E402
from driver.desktop import wait  # noqa: E402

WINDOW = os.environ["SECRET_WINDOW"]
ROWS = {24: "qwertyuiop", 38: "asdfghjklñ", 52: "zxcvbnm", 10: "1234567890"}  # X key codes of a Spanish keyboard
CODES = {letter: first + i for first, row in ROWS.items() for i, letter in enumerate(row)}


def drawn(length=14, letters="qwertyuiopasdfghjklñzxcvbnm1234567890"):
    """No character twice, so that every stride can be told from chance."""
    return "".join(secrets.SystemRandom().sample(letters, length))


def opened(desk):
    program = desk.start([WINDOW, "salt"]).appeared()
    program.give_keyboard()
    wait(lambda: program.focused() and program.focused().name == "Clave", lambda: f"the focus in\n{program.tree()}")
    return program


def typed(program, text):
    """Each character once the one before has arrived."""
    before = program.said.count("length")
    for i, letter in enumerate(text):
        program.type(letter)
        wait(lambda: program.said.count("length") == before + i + 1,  # noqa: B023
             lambda: f"character {i + 1} in\n{program.said}")


def taken(program, expected):
    before = program.said.count("taken")
    program.press("Take")
    wait(lambda: program.said.count("taken") == before + 1, "the field given away")
    digest = hashlib.sha256(b"salt" + expected.encode()).hexdigest()
    assert f"taken {len(expected.encode())} {digest}" in program.said, f"something else was taken:\n{program.said}"


def letters_of_a_spanish_keyboard_arrive_as_they_were_typed(desk):
    program = opened(desk)
    for keys, text in ((["ntilde"], "ñ"), (["ccedilla"], "ç"), (["shift+ntilde"], "Ñ"), (["ISO_Level3_Shift+e"], "€"),
                       (["dead_acute", "a"], "á"), (["shift+dead_acute", "u"], "ü"), (["dead_grave", "shift+E"], "È"),
                       (["dead_acute", "space"], "'"), (["space"], " "), (["KP_7"], None)):
        before = program.said.count("length")
        program.key(*keys)
        if text is not None:
            wait(lambda: program.said.count("length") == before + 1, f"{keys}")  # noqa: B023
            taken(program, text)
            wait(lambda: program.said.count("length") == before + 2, "an empty field")  # noqa: B023


def a_dead_key_that_leads_nowhere_is_refused_aloud(desk):
    program = opened(desk)
    program.key("dead_acute", "b")
    wait(lambda: "refused" in program.said, "a refusal")
    typed(program, "x")
    taken(program, "x")


def a_letter_the_layout_does_not_have_is_read_from_the_layout_that_has_it(desk):
    program = opened(desk)
    typed(program, "aß好")  # xdotool puts what is missing on a free key, as a change of layout does
    taken(program, "aß好")


def tab_return_and_backspace_go_their_usual_way(desk):
    program = opened(desk)
    typed(program, "abc")
    program.key("BackSpace")
    wait(lambda: program.said.count("length 2") == 2, "a character less")
    program.key("Return")
    wait(lambda: "taken 2" in program.said, "what Return does")
    program.key("Tab")
    wait(lambda: program.focused().name == "Take", lambda: f"the next thing in\n{program.tree()}")
    program.type("q")
    program.key("shift+Tab")
    wait(lambda: program.focused().name == "Clave", "the way back")
    typed(program, "z")
    taken(program, "z")


def what_was_typed_is_nowhere_in_the_memory_of_the_process_once_it_is_given_away(desk):
    program = opened(desk)
    hits = {}
    for way in ("keyboard", "keypad", "shown"):
        secret = drawn(10, "1234567890") if way == "keypad" else drawn()
        patterns = memory.forms(secret, [CODES[c] for c in secret])
        if way == "keypad":
            for letter in secret:
                program.press(letter)
        elif way == "shown":
            program.press("Show")
            typed(program, secret)
        else:
            typed(program, secret)
        found, looked = memory.search(program.pid, patterns)
        assert any(name == "as utf-8" for name, _ in found), "the search does not find what is there"
        taken(program, secret)
        found, looked = memory.search(program.pid, patterns)
        print(f"  {way}: {looked >> 20} MB looked through, {len(patterns)} forms, {len(found)} hits")
        hits[way] = found
    assert not any(hits.values()), hits


def assistive_programs_see_a_password_field_and_bullets(desk):
    program = opened(desk)
    program.listen()
    secret = drawn()
    typed(program, secret)
    field = program.find("password text", "Clave")
    assert field.text == "•" * len(secret), field.text
    assert "Set Focus" in field.actions or "SetFocus" in field.actions, field.actions
    assert "EditableText" not in field.accessible.get_interfaces(), "an assistive program could write into it"
    everything = program.tree() + "".join(t.description for t in program.things(everything=True))
    # A bus that was held up tells of several bullets at once.
    wait(lambda: any("text-changed:insert" in e for e in program.events), "an event for the bullets")
    taken(program, secret)
    wait(lambda: any("text-changed:delete" in e for e in program.events), "an event for the empty field")
    for event in program.events:
        if "text-changed" in event:
            assert "•" in event and event.split("'")[1].strip("•") == "", event
    heard = everything + "\n".join(program.events)
    for length in range(3, len(secret) + 1):
        assert secret[:length] not in heard, "the tree or an event has what was typed"
    print(f"  {len(program.events)} events, keys heard: {program.keys_heard}")
    assert not program.keys_heard, f"a listener of keys heard {len(program.keys_heard)} of them"
    program.key("Tab")
    wait(lambda: any("Tab" in k for k in program.keys_heard), "the key that is no secret, heard by that listener")


def no_selection_has_what_was_typed_whatever_is_tried_with_the_mouse_and_the_keys(desk):
    program = opened(desk)
    secret = drawn()
    program.press("Show")
    typed(program, secret)
    program.key("ctrl+a", "ctrl+c", "ctrl+x", "ctrl+Insert", "shift+Home")
    x, y, width, height = program.find("password text", "Clave").box
    subprocess.run(["xdotool", "mousemove", str(x + 4), str(y + height // 2), "mousedown", "1", "mousemove",
                    str(x + width - 4), str(y + height // 2), "mouseup", "1", "click", "--repeat", "3", "1",
                    "click", "2", "click", "3"], check=True)
    selections = desk.selections()
    assert not any(selections.values()), selections
    taken(program, secret)
    assert secret not in program.said


if __name__ == "__main__":
    desktop.main([
        letters_of_a_spanish_keyboard_arrive_as_they_were_typed,
        a_dead_key_that_leads_nowhere_is_refused_aloud,
        a_letter_the_layout_does_not_have_is_read_from_the_layout_that_has_it,
        tab_return_and_backspace_go_their_usual_way,
        what_was_typed_is_nowhere_in_the_memory_of_the_process_once_it_is_given_away,
        assistive_programs_see_a_password_field_and_bullets,
        no_selection_has_what_was_typed_whatever_is_tried_with_the_mouse_and_the_keys,
    ])
