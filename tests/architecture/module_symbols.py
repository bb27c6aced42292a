#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the built module shows to, and wants from, the browser that loads it."""

import re
import subprocess
import sys

WANTED = {"libpcsclite.so.1", "libz.so.1", "libnettle.so.8", "libstdc++.so.6", "libgcc_s.so.1", "libc.so.6", "libm.so.6",
          "libhogweed.so.6", "libgmp.so.10", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}


def lines(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main(module: str) -> int:
    faults = []
    exported = [line.split()[-1].split("@")[0] for line in lines("nm", "-D", "--defined-only", module)]
    exported = [name for name in exported if not name.startswith("ACREDITA_")]  # the version node itself
    faults += [f"exports {name}" for name in exported if not name.startswith("C_")]
    for needed in ("C_GetFunctionList", "C_GetInterface", "C_GetInterfaceList", "C_Initialize", "C_SignMessageNext"):
        if needed not in exported:
            faults.append(f"does not export {needed}")
    dynamic = "\n".join(lines("readelf", "-d", module))
    libraries = set(re.findall(r"\(NEEDED\).*\[(.*?)\]", dynamic))
    faults += [f"needs {library}" for library in sorted(libraries - WANTED)]
    if "NODELETE" not in dynamic:
        faults.append("may be unloaded (no -z nodelete)")
    if "RUNPATH" in dynamic or "RPATH" in dynamic:
        faults.append("carries a run path")
    for fault in faults:
        print(fault)
    print(f"{len(exported)} exported, needs {', '.join(sorted(libraries))}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
