#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Firefox in a real window, our module from its policies, a practice card: the PIN is asked exactly once, the page names
the holder, a wrong PIN and half a PIN are asked again, and the card may be pulled and put back while Firefox runs.

    firefox.py ACREDITA BACKUP_SH VARIANT DIRECTORY ARTIFACTS TRANSCRIPT

Runs inside box.sh and `acredita practice`.
"""

import subprocess
import sys

from bench import (PIN, WRONG_PIN, Card, Failure, Screen, browser_test, load_card, require, skip_without,
                   wait_until)

HOLDER = "MUESTRA PRÁCTICA LUCÍA"
PIN_DIALOG = "Password Required"
PROVEN = "Your card works"


def first_visit(screen, card, variant):
    card.forget()
    dialog = screen.wait_for(PIN_DIALOG)
    screen.picture(f"firefox-{variant}-1-pin")
    require(card.verifies() == [], "no PIN reaches the card before one is typed")
    screen.type(dialog, PIN)
    window = screen.wait_for(PROVEN)
    screen.picture(f"firefox-{variant}-2-proven")
    require(screen.count(PIN_DIALOG) == 1, "the PIN dialog appears exactly once")
    require(card.verifies() == ["9000"], "one PIN reaches the card, and it is right")
    require(len(card.signatures()) == 1, "the card signs once")
    return window


def again_without_pin(screen, card, window):
    """Still logged in: a new connection, a new signature, no question."""
    card.forget()
    screen.key(window, "F5")
    wait_until(card.signatures, "the card signs again")
    screen.wait_for(PROVEN)
    require(screen.count(PIN_DIALOG) == 1 and card.verifies() == [], "the page loads again without a PIN")
    # A look at the card and a signature; a machine that pauses in between may make it look again.
    require(len(card.exchanges()) <= 5, f"and with hardly an exchange ({len(card.exchanges())})")


def pulled_and_put_back(acredita, screen, card, window, variant):
    card.order("remove 0")
    card.noticed(acredita, False)
    screen.picture(f"firefox-{variant}-3-pulled")
    card.order("insert 0")
    card.noticed(acredita, True)
    card.forget()
    screen.key(window, "F5")
    dialog = screen.wait_for(PIN_DIALOG)
    screen.type(dialog, WRONG_PIN)
    wait_until(card.verifies, "the wrong PIN reaches the card")
    screen.wait_gone(dialog)
    dialog = screen.wait_for(PIN_DIALOG)
    screen.picture(f"firefox-{variant}-4-asked-again")
    require(card.verifies() == ["63C2"], "the wrong PIN costs one try, and the PIN is asked again")
    screen.type(dialog, PIN[:3])
    screen.wait_gone(dialog)
    dialog = screen.wait_for(PIN_DIALOG)
    require(card.verifies() == ["63C2"], "half a PIN costs none, and the PIN is asked again")
    screen.type(dialog, PIN)
    wait_until(card.signatures, "the card signs")
    screen.wait_for(PROVEN)
    screen.picture(f"firefox-{variant}-5-proven-again")
    require(card.verifies() == ["63C2", "9000"], "after it was pulled and put back the card works again")
    require(screen.count(PIN_DIALOG) == 4, "with one dialog for each PIN")


def main():
    acredita, backup_sh, variant, directory, artifacts, transcript = sys.argv[1:]
    skip_without("Xvfb", "xdotool", "import", "firefox-esr", "certutil")
    card = Card(transcript)
    load_card(acredita, backup_sh, variant, directory)
    subprocess.run([acredita, "register", "--system", "--firefox"], check=True, stdout=subprocess.DEVNULL)
    with Screen(artifacts) as screen:
        with browser_test(acredita, "firefox") as result:
            try:
                window = first_visit(screen, card, variant)
                again_without_pin(screen, card, window)
                pulled_and_put_back(acredita, screen, card, window, variant)
                screen.key(window, "ctrl+q")
            except Failure:
                screen.picture(f"firefox-{variant}-failed")
                raise
        require(result["code"] == 0 and result["ok"], "the command says that it is proven")
        wanted = "ECDSA" if variant == "ec" else "RSA-PSS"
        proven = [visit for visit in result["visits"] if visit["proven"]]
        require(len(proven) == len(result["visits"]) == 3, "of three visits each is a proof")
        for visit in proven:
            require(visit["signature"].startswith(wanted), f"signed with {visit['signature']}")
            require(visit["certificate"]["holder"] == HOLDER, f"by {HOLDER}")
            require(visit["connection"].startswith("TLSv1.3"), "over TLS 1.3")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAIL {failure}")
