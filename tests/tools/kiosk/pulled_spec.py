# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Card and stick taken out at every page of a visit: each time a page says so, and the visit goes on or starts well again."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import Kiosk, backup  # noqa: E402

PAGES = ("bring", "password", "person", "consent", "pin", "proven", "checklist")


def comes_to(kiosk, pages, what):
    wait(lambda: kiosk.program.alive() and kiosk.page() in pages,
         lambda: f"{what}: one of {pages}, not {kiosk.page()}\n{kiosk.program.tree()}\n{kiosk.program.said[-1500:]}")
    return kiosk.page()


def has_a_way_out(kiosk, what):
    """Never a dead end: something can be pressed that is not help, or the page says what is being waited for."""
    frame = {kiosk.say(f"kiosk.foot.{k}") for k in ("help", "support", "contact")} | {kiosk.say("kiosk.head.language")}
    ways = [t for t in kiosk.program.things() if t.role == "push button" and "enabled" in t.states and t.name not in frame]
    assert ways, f"{what}: a dead end\n{kiosk.program.tree()}"


def finishes(kiosk, file):
    """Whatever was pulled, the card is loaded in the end."""
    steps = {"arrival": kiosk.arrive, "bring": kiosk.go_to_password, "idle": kiosk.begin,
             "password": kiosk.give_password, "person": kiosk.right_person, "consent": kiosk.agree, "pin": kiosk.give_pin}
    for _ in range(20):
        page = comes_to(kiosk, (*steps, "proven", "checklist", "takeBack", "trouble", "loss"), "on the way to the end")
        if page in ("proven", "checklist", "takeBack"):
            return
        if page == "trouble":
            kiosk.press("kiosk.trouble.again")
        elif page == "loss":
            kiosk.tick("kiosk.loss.sure")
            kiosk.press("kiosk.loss.yes")
        else:
            steps[page]()
    raise AssertionError(f"it never ends: {kiosk.page()}")


def the_card_pulled_at_any_page_and_put_back(desk):
    for page in PAGES:
        kiosk = Kiosk(desk)
        file = backup(kiosk.folder) / "backup.p12"
        kiosk.plug({"copia.p12": file})
        kiosk.to(page)
        kiosk.take_card()
        if page in ("proven", "checklist", "bring"):
            comes_to(kiosk, (page, "takeBack", "idle"), f"the card pulled at {page}")
        else:
            comes_to(kiosk, ("away",), f"the card pulled at {page}")
            has_a_way_out(kiosk, f"the card pulled at {page}")
        kiosk.put_card()
        if page not in ("proven", "checklist"):
            finishes(kiosk, file)
        print(f"  {page}: pulled, put back, loaded", flush=True)
        kiosk.program.end()


def the_stick_pulled_at_any_page_and_put_back(desk):
    for page in PAGES:
        kiosk = Kiosk(desk)
        file = backup(kiosk.folder) / "backup.p12"
        kiosk.plug({"copia.p12": file})
        kiosk.to(page)
        kiosk.pull()
        if page == "bring":
            wait(lambda: kiosk.shows("kiosk.stick.none"), "the stick to be missed")  # noqa: B023
        elif page not in ("proven", "checklist"):
            comes_to(kiosk, ("away", page), f"the stick pulled at {page}")
            has_a_way_out(kiosk, f"the stick pulled at {page}")
        kiosk.plug({"copia.p12": file})
        if page not in ("proven", "checklist"):
            finishes(kiosk, file)
        print(f"  {page}: pulled, put back, loaded", flush=True)
        kiosk.program.end()


if __name__ == "__main__":
    desktop.main([the_card_pulled_at_any_page_and_put_back, the_stick_pulled_at_any_page_and_put_back])
