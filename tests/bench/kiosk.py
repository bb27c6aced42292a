# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How long the kiosk takes until its first page can be used, and what memory it has while nobody is there."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tools/kiosk"))
from driver import desktop  # noqa: E402
from driver.desktop import pump  # noqa: E402
from driver.kiosk import Kiosk  # noqa: E402

STARTS = 5


def own_memory(pid):
    """kB: resident, and of that what is the process's share (pages of libraries divided among those who use them)."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        rows = dict(line.split()[:2] for line in rollup.read().splitlines()[1:])
    return int(rows["Rss:"]), int(rows["Pss:"])


def start_and_idle(desk):
    starts = []
    for _ in range(STARTS):
        kiosk = Kiosk(desk)
        pid = kiosk.program.pid
        # Both since the machine was started; the process counts in hundredths of a second.
        began = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]) / 100
        starts.append(kiosk.program.shown_at - began)
        kiosk.program.end()
    kiosk = Kiosk(desk)
    kiosk.at("idle")
    pump(5)
    resident, share = own_memory(kiosk.program.pid)
    lag = kiosk.program.lag()
    print(f"start to a first page that can be read through the accessibility bus: {min(starts):.2f} to {max(starts):.2f} s in {STARTS} starts")
    print(f"idle: {resident / 1024:.0f} MB resident, {share / 1024:.0f} MB its share; the longest event waited {lag['longest ms']:.0f} ms")


if __name__ == "__main__":
    desktop.main([start_and_idle])
