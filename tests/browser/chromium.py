#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Chromium in a real window, our module from ~/.pki/nssdb, a practice card: the certificate is chosen, the PIN is asked
once, the page names the holder, and an empty PIN never reaches the card.

    chromium.py ACREDITA BACKUP_SH VARIANT DIRECTORY ARTIFACTS TRANSCRIPT

Runs inside person.sh and `acredita practice`.
"""

import subprocess
import sys
import time

from bench import PIN, Card, Failure, Screen, browser_test, load_card, require, skip_without, wait_until

HOLDER = "MUESTRA PRÁCTICA LUCÍA"
PIN_DIALOG = "Unlock Security Device"
PROVEN = "Your card works"
UNPROVEN = "The browser offered no certificate"


def choose(screen, window):
    """The picker is no window of its own: Return is pressed until it has been there to take it.

    After each press there is time for the PIN dialog: a second Return that meets it would be an empty PIN.
    """
    def tried():
        screen.key(window, "Return")
        for _ in range(30):
            if screen.window(PIN_DIALOG):
                return screen.window(PIN_DIALOG)
            time.sleep(0.2)
        return None
    return wait_until(tried, "the PIN is asked after a certificate was chosen")


def begin(screen, card):
    """Up to the PIN dialog: the main window, and the dialog's."""
    card.forget()
    window = screen.wait_for("Chromium$")
    wait_until(card.exchanges, "Chromium looks for certificates on the card")
    dialog = choose(screen, window)
    require(card.verifies() == [] and card.signatures() == [],
            "the certificate is shown and chosen before any PIN is asked")
    return dialog


def proof(screen, card, variant):
    dialog = begin(screen, card)
    screen.picture(f"chromium-{variant}-1-pin")
    screen.type(dialog, PIN)
    screen.wait_for(PROVEN)
    screen.picture(f"chromium-{variant}-2-proven")
    require(card.verifies() == ["9000"], "one PIN reaches the card, and it is right")
    require(len(card.signatures()) == 1, "the card signs once")
    require(not screen.window(PIN_DIALOG), "and the PIN is not asked again")


def empty_pin(screen, card, variant):
    """Chromium takes it as a no, and remembers that until it is closed."""
    dialog = begin(screen, card)
    screen.type(dialog, "")
    screen.wait_for(UNPROVEN)
    screen.picture(f"chromium-{variant}-3-empty-pin")
    require(card.verifies() == [] and card.signatures() == [],
            "an empty PIN never reaches the card, and the page says that no certificate came")


def run(screen, card, acredita, variant, story):
    with browser_test(acredita, "chromium") as result:
        try:
            story(screen, card, variant)
        except Failure:
            screen.picture(f"chromium-{variant}-failed")
            raise
        result["process"].terminate()
    return result


def main():
    acredita, backup_sh, variant, directory, artifacts, transcript = sys.argv[1:]
    skip_without("Xvfb", "xdotool", "import", "chromium", "certutil", "modutil")
    card = Card(transcript)
    load_card(acredita, backup_sh, variant, directory)
    subprocess.run([acredita, "register", "--nss", "--home", directory], check=True, stdout=subprocess.DEVNULL)
    with Screen(artifacts) as screen:
        result = run(screen, card, acredita, variant, proof)
        require(result["code"] == 0 and result["ok"], "the command says that it is proven")
        wanted = "ECDSA" if variant == "ec" else "RSA-PSS"
        require(len(result["visits"]) == 1, "by one visit")
        shown = result["visits"][0]
        require(shown["signature"].startswith(wanted), f"signed with {shown['signature']}")
        require(shown["certificate"]["holder"] == HOLDER, f"by {HOLDER}")
        result = run(screen, card, acredita, variant, empty_pin)
        require(not result["ok"] and result["code"] == 80, "and without a PIN the command ends with 80")


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"FAIL {failure}")
