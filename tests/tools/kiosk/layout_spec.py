# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The pages of a real visit, measured where they are painted: what is cut off, overlaps, is too small to touch, or has too
little contrast. --pictures FOLDER keeps a picture of each page."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import Kiosk  # noqa: E402

PICTURES = pathlib.Path(sys.argv[sys.argv.index("--pictures") + 1]) if "--pictures" in sys.argv else None
PAGES = ("idle", "arrival", "bring", "password", "person", "consent", "pin", "proven", "checklist", "takeBack")


def looked_at(desk, language, text=100, contrast=False):
    kiosk = Kiosk(desk, language=language)
    kiosk.plug_backup()
    kiosk.at("idle")
    for percent in range(100, text, 50):
        kiosk.press("kiosk.head.text", percent=percent)
        wait(lambda: kiosk.program.look("push button", kiosk.say("kiosk.head.text", percent=percent + 50)), "larger text")  # noqa: B023
    if contrast:
        kiosk.press("kiosk.head.contrast")
    faults = []
    texts = 0
    lowest = 21.0
    smallest = 100
    for page in PAGES:
        kiosk.to(page)
        layout = kiosk.program.layout()
        texts += layout["texts"]
        lowest = min(lowest, layout["lowest contrast"])
        smallest = min(smallest, layout["smallest letters"])
        faults += [f"{page}: {f['kind']}: {f['what']!r} ({f['detail']})" for f in layout["faults"]]
        if PICTURES:
            desk.screenshot(PICTURES / f"{page}-{language}-{desk.size}-{text}{'-contrast' if contrast else ''}.png")
    print(f"  {len(PAGES)} pages, {language}, {desk.size}, text {text} %{', high contrast' if contrast else ''}: {texts} texts, "
          f"the lowest contrast {lowest:.1f}:1, the smallest letters {smallest} px, {len(faults)} faults", flush=True)
    kiosk.program.end()
    assert not faults, "\n" + "\n".join(faults)


def a_visit_fits_a_laptop_in_both_languages(desk):
    looked_at(desk, "es")
    looked_at(desk, "en")


def a_visit_fits_a_laptop_with_large_text(desk):
    looked_at(desk, "es", 150)
    looked_at(desk, "en", 200)


def a_visit_fits_a_laptop_in_high_contrast(desk):
    looked_at(desk, "es", 100, True)
    looked_at(desk, "en", 200, True)


def a_visit_fits_a_large_screen(desk):
    looked_at(desk, "es")
    looked_at(desk, "en", 200, True)


def a_visit_fits_an_upright_screen(desk):
    looked_at(desk, "en")
    looked_at(desk, "es", 200, True)


a_visit_fits_a_large_screen.size = "1920x1080"
a_visit_fits_an_upright_screen.size = "1080x1920"

if __name__ == "__main__":
    desktop.main([a_visit_fits_a_laptop_in_both_languages, a_visit_fits_a_laptop_with_large_text,
                  a_visit_fits_a_laptop_in_high_contrast, a_visit_fits_a_large_screen, a_visit_fits_an_upright_screen])
