# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Visits one after the other in one process, 500 unless VISITS says otherwise: memory, descriptors and threads stay flat."""

import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.kiosk import Kiosk, backup  # noqa: E402

VISITS = int(os.environ.get("VISITS", "500"))
WARM = min(20, VISITS // 4 + 1)  # caches of fonts, of QML, of the allocator are full after these


def measured(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        rows = dict(line.split()[:2] for line in rollup.read().splitlines()[1:])
    return {"memory kB": int(rows["Pss:"]), "private kB": int(rows["Private_Dirty:"]),
            "descriptors": len(os.listdir(f"/proc/{pid}/fd")), "threads": len(os.listdir(f"/proc/{pid}/task"))}


def memory_descriptors_and_threads_stay_flat_over_many_visits(desk):
    kiosk = Kiosk(desk)
    file = backup(kiosk.folder) / "backup.p12"
    pid = kiosk.program.pid
    began = time.monotonic()
    warm = None
    for visit in range(1, VISITS + 1):
        kiosk.plug({"copia.p12": file})
        to_proven(kiosk)
        kiosk.go_to_checklist().finish()
        kiosk.pull()
        kiosk.take_card()
        kiosk.at("idle")
        kiosk.put_card()
        if visit == WARM:
            warm = measured(pid)
        if visit in (1, WARM, VISITS) or visit % 25 == 0:
            print(f"  visit {visit}: {measured(pid)}, {(time.monotonic() - began) / visit:.1f} s each", flush=True)
    last = measured(pid)
    assert last["descriptors"] <= warm["descriptors"] + 2, (warm, last)
    assert last["threads"] <= warm["threads"] + 1, (warm, last)
    allowed = 20000 + 10 * VISITS
    assert last["private kB"] <= warm["private kB"] + allowed, f"{warm} became {last}, {allowed} kB more allowed"


def to_proven(kiosk):
    """The same person again and again: from the second visit on the card has the key already."""
    kiosk.begin().arrive().go_to_password().give_password().right_person()
    kiosk.agree().give_pin()


if __name__ == "__main__":
    desktop.main([memory_descriptors_and_threads_stay_flat_over_many_visits])
