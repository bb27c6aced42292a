#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""House rules that a compiler does not know: SPDX lines, file sizes, no unfinished places."""

import pathlib
import re
import subprocess
import sys

CODE = (".cpp", ".hpp", ".h", ".c", ".py", ".sh", ".cmake", ".toml")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
MOST_LINES = 300


def main(root: pathlib.Path) -> int:
    listed = subprocess.run(["git", "-C", str(root), "ls-files"], capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
    else:  # a source archive has no git
        names = [f.relative_to(root).as_posix() for f in root.rglob("*") if f.is_file() and "build" not in f.parts]
    faults = []
    for name in names:
        file = root / name
        if not file.is_file() or not (file.suffix in CODE or file.name == "CMakeLists.txt"):
            continue
        text = file.read_text(encoding="utf-8")
        head = text[:400]
        if "SPDX-License-Identifier: LGPL-2.1-or-later" not in head and name != "tools/packages.txt":
            faults.append(f"{name}: no SPDX line")
        if UNFINISHED.search(text) and name != "tests/architecture/tidiness.py":
            faults.append(f"{name}: says it is unfinished")
        lines = text.count("\n")
        if lines > MOST_LINES and file.suffix in (".cpp", ".hpp", ".h", ".c"):
            faults.append(f"{name}: {lines} lines, {MOST_LINES} at most")
    for fault in faults:
        print(fault)
    print(f"{len(names)} files, {len(faults)} faults")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
