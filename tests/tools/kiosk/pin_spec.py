# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The visits about a PIN, in the window: a new card is handed over, a PIN is changed, a blocked one is freed by its PUK."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import CARD, Kiosk  # noqa: E402

PUK = "31415926"
NEW_PIN = "580264"
NEW_PUK = "70318264"


def new_secret(kiosk, page, secret, repeated=None):
    kiosk.at(page)
    kiosk.type_secret(f"kiosk.{page}.first", secret)
    kiosk.type_secret(f"kiosk.{page}.second", repeated or secret)
    kiosk.press(f"kiosk.{page}.go")


def about_the_pin(kiosk, what):
    kiosk.at("idle").press("kiosk.idle.pin")
    kiosk.at("pinMenu").tick(f"kiosk.pinMenu.{what}")
    kiosk.press("kiosk.goOn")


def a_card_as_its_factory_made_it_gets_a_pin_and_a_puk_of_its_holder_before_it_is_loaded(desk):
    kiosk = Kiosk(desk, cards=("piv:name=Lector de práctica",))
    kiosk.plug_backup()
    kiosk.to("consent").agree(then="newPin")
    new_secret(kiosk, "newPin", "123456")
    wait(lambda: kiosk.program.alive() and kiosk.program.look("alert"), lambda: f"a sequence to be refused\n{kiosk.program.tree()}")
    new_secret(kiosk, "newPin", NEW_PIN)
    new_secret(kiosk, "newPuk", NEW_PUK)
    kiosk.at("proven")


def a_pin_is_changed(desk):
    kiosk = Kiosk(desk)
    about_the_pin(kiosk, "change")
    kiosk.at("pin").type_secret("kiosk.pin.label", kiosk.pin)
    kiosk.program.key("Return")
    new_secret(kiosk, "newPin", NEW_PIN, "580265")
    wait(lambda: kiosk.program.alive() and kiosk.program.look("alert"), lambda: f"two that differ to be refused\n{kiosk.program.tree()}")
    new_secret(kiosk, "newPin", NEW_PIN)
    kiosk.at("pinDone")


def a_blocked_pin_is_freed_by_its_puk(desk):
    kiosk = Kiosk(desk, cards=(CARD + ",left=0",))
    about_the_pin(kiosk, "unblock")
    kiosk.at("puk").type_secret("kiosk.puk.label", PUK)
    kiosk.press("kiosk.goOn")
    new_secret(kiosk, "newPin", NEW_PIN)
    kiosk.at("pinDone")


if __name__ == "__main__":
    desktop.main([
        a_card_as_its_factory_made_it_gets_a_pin_and_a_puk_of_its_holder_before_it_is_loaded,
        a_pin_is_changed,
        a_blocked_pin_is_freed_by_its_puk,
    ])
