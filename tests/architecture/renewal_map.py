#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every test that docs/renewal-map.md names is there, and so is every text and state."""

import pathlib
import re
import sys


def main(root: pathlib.Path) -> int:
    page = (root / "docs/renewal-map.md").read_text(encoding="utf-8")
    tests = "\n".join(f.read_text(encoding="utf-8") for f in (root / "tests").rglob("*_spec.cpp"))
    files = {f.stem for f in (root / "tests").rglob("*_spec.cpp")}
    built = "\n".join(f.read_text(encoding="utf-8") for f in (root / "tests").rglob("CMakeLists.txt"))
    texts = "\n".join(f.read_text(encoding="utf-8") for f in (root / "tools/catalogue/texts").glob("*.toml"))
    faults = []
    for spec in re.findall(r"`(\w+_spec)`", page):
        if spec not in files and spec not in built:
            faults.append(f"no such file of tests: {spec}")
    names = re.findall(r"\b[a-zA-Z]\w*(?:_\w+){4,}", page)
    for name in names:
        if name not in tests:
            faults.append(f"no such test: {name}")
    for text in re.findall(r"`((?:renewal|renew|p12)\.[a-z_.]+)`", page):
        if f"[{text}]" not in texts and f"[cli.{text}]" not in texts:
            faults.append(f"no such text: {text}")
    for fault in faults:
        print(fault)
    print(f"{len(names)} tests named, {len(faults)} faults")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
