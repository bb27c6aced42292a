#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every test that the table of docs/portals.md names is there: `suite/case`, `a_test_of_ctest`, `portal` "sentence"."""

import pathlib
import re
import sys


def main(root: pathlib.Path) -> int:
    rows = [line for line in (root / "docs/portals.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    named = [row.rsplit("|", 2)[1] for row in rows[1:]]
    suites = [f.read_text(encoding="utf-8") for f in (root / "tests").rglob("*_spec.cpp")]
    script = (root / "tests/interop/reassociation.sh").read_text(encoding="utf-8").replace("$1", "new")
    built = (root / "tests/interop/CMakeLists.txt").read_text(encoding="utf-8")
    faults = []
    seen = 0
    for cell in named:
        if cell.strip() == "–":
            continue
        cases = re.findall(r"`(\w+)/(\w+)`", cell)
        sentences = re.findall(r'`portal` "([^"]+)"', cell)
        seen += len(cases) + len(sentences)
        if not cases and not sentences:
            faults.append(f"no test is named: {cell}")
        for suite, case in cases:
            found = any(re.search(rf"TEST_SUITE\({suite}\b", t) and re.search(rf"TEST_CASE\(\s*{case}\b", t) for t in suites)
            if not found:
                faults.append(f"no such test: {suite}/{case}")
        faults += [f"not in the script: {s}" for s in sentences if f'"{s}"' not in script]
    if "NAME a_portal_takes_the_new_certificate_for_the_old_one" not in built:
        faults.append("the script is no test")
    for fault in faults:
        print(fault)
    print(f"{len(named)} rows, {seen} tests named, {len(faults)} faults")
    return 1 if faults or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
