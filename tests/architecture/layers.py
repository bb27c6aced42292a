#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads every #include of the project and holds it against the table of layers (docs/architecture.md)."""

import pathlib
import re
import sys

# A folder, and the folders it may include from (besides itself). The longest matching prefix counts.
ALLOWED = {
    "pcsc/base": [],
    "pcsc/apdu": ["pcsc/base"],
    "pcsc/reader": ["pcsc/apdu", "pcsc/base"],
    "firmware-profiles/profile": ["pcsc/base", "pcsc/apdu"],
    "firmware-profiles/dialect": ["firmware-profiles/profile", "pcsc/apdu", "pcsc/base"],
    "firmware-profiles/card": ["firmware-profiles/dialect", "firmware-profiles/profile", "pcsc/apdu", "pcsc/base"],
    "pkcs11/extensions.h": [],
    "pkcs11/module": ["pkcs11/extensions.h", "firmware-profiles", "pcsc"],
    "pkcs11/client": ["pkcs11/extensions.h", "pcsc/base"],
    "pkcs11/client/route": ["pkcs11/client", "pkcs11/extensions.h", "firmware-profiles/profile", "pcsc/base"],
    "tools/catalogue": ["pcsc/base"],
    "tools/p12": ["pcsc/base"],
    "tools/diagnosis": ["tools/catalogue", "tools/p12", "firmware-profiles/profile", "pcsc/base"],
    "tools/letter": ["tools/p12", "pcsc/base"],
    "tools/portals": ["tools/letter", "tools/catalogue", "pcsc/base"],
    "tools/stick": ["pcsc/base"],
    "tools/practice": ["pcsc/base"],
    "tools/office": ["pcsc/base"],
    "tools/trace": ["pcsc/base"],
    "tools/register": ["pcsc/base"],
    "tools/issue": ["tools/catalogue", "tools/p12", "tools/stick", "tools/letter", "pkcs11/client", "pkcs11/extensions.h", "pcsc/reader", "pcsc/apdu", "pcsc/base"],
    "tools/desk": ["tools/issue", "tools/office", "tools/catalogue", "tools/p12", "tools/letter", "tools/diagnosis", "tools/portals", "pkcs11/client", "pkcs11/extensions.h", "firmware-profiles/profile", "pcsc/reader", "pcsc/apdu", "pcsc/base"],
    "tools/renewal": ["tools/office", "tools/issue", "tools/letter", "tools/p12", "tools/catalogue", "pkcs11/client", "pkcs11/extensions.h", "pcsc/reader", "pcsc/base"],
    "tools/acta": ["tools/issue", "tools/letter", "tools/catalogue", "tools/p12", "pcsc/base"],
    "tools/browser_test": ["tools/register", "tools/issue", "tools/catalogue", "tools/p12", "pkcs11/client", "pcsc/base"],
    "tools/kiosk": ["tools", "pkcs11/client", "pkcs11/extensions.h", "firmware-profiles/profile", "pcsc"],
    "tools/kiosk/controller": ["tools/desk", "tools/stick", "tools/issue", "tools/diagnosis", "tools/catalogue", "tools/p12", "tools/office", "pkcs11/client", "pkcs11/extensions.h", "firmware-profiles/profile", "pcsc"],
    "tools/kiosk/view": [],
    "tools/kiosk/secret": ["tools/kiosk/controller/secret_source.hpp", "pcsc/base"],
    "tools/cli": ["tools", "pkcs11/client", "pkcs11/extensions.h", "firmware-profiles/profile", "pcsc"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
SOURCES = (".cpp", ".hpp", ".h", ".c")


def layer_of(path: str) -> str | None:
    matches = [name for name in ALLOWED if path == name or path.startswith(name + "/") or path.startswith(name + ".")]
    return max(matches, key=len) if matches else None


def main(root: pathlib.Path) -> int:
    faults = []
    seen = 0
    for top in ("pcsc", "firmware-profiles", "pkcs11", "tools"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SOURCES:
                continue
            seen += 1
            name = file.relative_to(root).as_posix()
            layer = layer_of(name)
            if layer is None:
                faults.append(f"{name}: lies in no known layer")
                continue
            for target in INCLUDE.findall(file.read_text(encoding="utf-8")):
                if target.startswith("generated/"):
                    continue
                if not (root / target).exists() and not any(target.startswith(t + "/") for t in ALLOWED):
                    faults.append(f"{name}: \"{target}\" is not written from the repository root")
                    continue
                there = layer_of(target)
                if there == layer:
                    continue
                if not any(there == a or target == a or target.startswith(a + "/") for a in ALLOWED[layer]):
                    faults.append(f"{name}: {layer} may not include {target}")
    for fault in faults:
        print(fault)
    print(f"{seen} files read, {len(faults)} faults")
    return 1 if faults or seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
