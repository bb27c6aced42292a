# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The visit for loading a card, in a real window, by the actions of an assistive program."""

import pathlib
import secrets
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop, memory  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import Kiosk  # noqa: E402


def ready(desk, **options):
    kiosk = Kiosk(desk, **options)
    kiosk.plug_backup()
    return kiosk


def a_card_is_loaded_and_proven_and_everything_is_handed_back(desk):
    kiosk = ready(desk)
    kiosk.to("proven")
    holder = [t.name for t in kiosk.program.things() if "MUESTRA" in t.name]
    assert holder, f"whose card it is now\n{kiosk.program.tree()}"
    kiosk.go_to_checklist().finish().take_everything()
    assert not any("MUESTRA" in t.name for t in kiosk.program.things(everything=True)), "the next person reads a name"


def the_language_changes_at_every_step_and_nothing_is_lost(desk):
    kiosk = ready(desk)
    for page in ("idle", "arrival", "bring", "password", "person", "consent", "pin", "proven", "checklist", "takeBack"):
        kiosk.to(page)
        kiosk.switch_language()
        kiosk.at(page)
    kiosk.take_everything()


def what_is_typed_and_ticked_stays_when_the_language_changes(desk):
    kiosk = ready(desk).to("password")
    kiosk.type_secret("kiosk.password.label", kiosk.passphrase)
    kiosk.switch_language()
    kiosk.press("kiosk.password.open")
    kiosk.at("person").tick("kiosk.person.seen")
    kiosk.switch_language()
    box = kiosk.program.find("check box", kiosk.say("kiosk.person.seen"))
    assert "checked" in box.states, box.states


def no_secret_is_anywhere_once_the_visit_is_over(desk):
    passphrase = "Clave-" + secrets.token_hex(9)
    pin = "".join(secrets.SystemRandom().sample("0123456789", 8))
    kiosk = Kiosk(desk, cards=(f"piv:pin={pin},puk=31415926,name=Lector",), passphrase=passphrase)
    kiosk.pin = pin
    kiosk.plug_backup()
    program = kiosk.program
    program.listen()
    kiosk.to("password")
    kiosk.give_password()
    password_tree = program.tree()
    kiosk.right_person().agree()
    keypad_from = len(program.events)
    for digit in pin:
        program.click(program.find("push button", kiosk.say("kiosk.keypad.digit", digit=digit)))
    wait(lambda: program.find("password text", kiosk.say("kiosk.pin.label")).text == "•" * len(pin), "the digits of the keypad")
    keys = [event for event in program.events[keypad_from:] if "push button" in event and
            any(kiosk.say("kiosk.keypad.digit", digit=digit) in event for digit in range(10))
            and "children-changed" not in event and "property-change" not in event]
    kiosk.press("kiosk.pin.give")
    kiosk.at("proven")
    assert passphrase not in password_tree
    kiosk.go_to_checklist().finish().take_everything()
    wait(lambda: any("text-changed" in e for e in program.events), "what assistive programs are told")
    heard = "\n".join(program.events + program.keys_heard)
    written = program.said
    # A shorter piece of a PIN would be found by chance: receipts and serial numbers are full of digits.
    for secret, length in ((passphrase, 8), (pin, len(pin))):
        for first in range(len(secret) - length + 1):
            part = secret[first:first + length]
            assert part not in heard, [line for line in heard.splitlines() if part in line]
        assert secret not in written, "a secret in what the program wrote"
    # Journals, caches, logs, whatever: the test's home and temporary folder are the program's. Only the sample backup's
    # maker writes the passphrase down.
    for file in pathlib.Path(desk.folder).rglob("*"):
        if file.is_file() and not file.parent.name.startswith("backup-"):
            content = file.read_bytes()
            for secret in (passphrase, pin):
                assert secret.encode() not in content, f"a secret in {file}"
    limits = pathlib.Path(f"/proc/{program.pid}/limits").read_text()
    assert limits.split("Max core file size")[1].split()[:2] == ["0", "0"], "the program could leave a core dump"
    assert not keys, f"whoever listens is told which keys of the keypad are touched: {keys}"
    selections = desk.selections()
    assert not any(selections.values()), selections
    found = []
    looked = 0
    for secret in (passphrase, pin):
        hits, bytes_looked = memory.search(program.pid, memory.forms(secret))
        found += hits
        looked += bytes_looked
    print(f"  {looked >> 21} MB of memory, {len(program.events)} events, {len(program.keys_heard)} keys heard, {len(found)} hits")
    assert not found, found


if __name__ == "__main__":
    desktop.main([
        a_card_is_loaded_and_proven_and_everything_is_handed_back,
        the_language_changes_at_every_step_and_nothing_is_lost,
        what_is_typed_and_ticked_stays_when_the_language_changes,
        no_secret_is_anywhere_once_the_visit_is_over,
    ])
