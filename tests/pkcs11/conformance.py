#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Makes docs/pkcs11-conformance.md of the module's own tables, conformance.toml and the names of the tests.

conformance.py ROOT          says what is out of date, and fails if anything is
conformance.py ROOT --write  brings the document up to date
"""

import pathlib
import re
import sys
import tomllib

CASE = re.compile(r"(?:BOOST_AUTO_TEST_CASE|BOOST_FIXTURE_TEST_CASE|PRACTICE_CASE)\(\s*(\w+)")
ROW = re.compile(r"\{(CKM_\w+), (?:Scheme::)?(\w+), (rsa|ec), Hash::(\w+), ([^}]+)\}")
WORDS = {"signs": "sign, verify", "crypts": "encrypt, decrypt", "recovers": "sign and verify with recovery",
         "CKF_DERIVE": "derive", "CKF_GENERATE_KEY_PAIR": "generate", "CKF_DIGEST": "digest"}

HEAD = """# What the module answers

Made by `tests/pkcs11/conformance.py` of the module's tables and tests; a test says when it is out of date. The standard is
PKCS #11 2.40, and 3.0 for what came with it. For every function: not initialised comes first, then arguments, the session
or slot, the login, the operation in progress, the mechanism; each argument of each function is called wrong, one at a time,
from one table (`tests/pkcs11/module/every_function.cpp`). A size query and a buffer that is too small keep an operation,
every other error ends it. Software does what needs no secret, the card all else.

## Functions

| function | what it does | shown by |
|---|---|---|
"""


def main(root: pathlib.Path, write: bool) -> int:
    module = root / "pkcs11/module"
    rows = tomllib.loads((root / "tests/pkcs11/conformance.toml").read_text(encoding="utf-8"))
    where = {}
    for file in sorted((root / "tests/pkcs11/module").glob("*.cpp")):
        for name in CASE.findall(file.read_text(encoding="utf-8")):
            where[name] = file.name
    faults = []

    def shown(names: list[str]) -> str:
        for name in names:
            if name not in where:
                faults.append(f"no test is called {name}")
        return "<br>".join(f"{name.replace('_', ' ')} (`{where.get(name, '?')}`)" for name in names)

    text = (module / "function_list.cpp").read_text(encoding="utf-8")
    functions = dict.fromkeys(re.findall(r"list\.(C_\w+)", text))
    functions.update(dict.fromkeys(["C_GetInterfaceList", "C_GetInterface"]))
    messages = [name for name in functions if "Message" in name]
    out = HEAD
    for name in functions:
        if name in messages:
            continue
        if name not in rows["functions"]:
            faults.append(f"{name} has no row")
            continue
        does, *tests = rows["functions"][name]
        missing = re.search(rf"list\.{name} = missing<", text) is not None
        if missing != (does == "no" or does.startswith("no:")):
            faults.append(f"{name}: the row and the function list differ on whether it is supported")
        out += f"| `{name}` | {does or 'as the standard says'} | {shown(tests)} |\n"
    faults += [f"{name} is no function of the list" for name in rows["functions"] if name not in functions]
    out += (f"\nThe {len(messages)} message-based functions of 3.0 check what all functions check and are not supported: no\n"
            "mechanism of these cards is made for messages.\n\n## Mechanisms\n\n"
            "As far as the card in the reader can; sizes are those of its firmware. All but the digests carry `CKF_HW`.\n\n"
            "| mechanism | for | hashes | shown by |\n|---|---|---|---|\n")
    table = (module / "mechanism.cpp").read_text(encoding="utf-8")
    found = ROW.findall(table)
    if len(found) != table.count("{CKM_"):
        faults.append("a row of the table of mechanisms could not be read")
    for kind, scheme, key, digest, flags in found:
        purpose = ", ".join(WORDS[word] for word in flags.split(" | ") if word in WORDS)
        hashed = "no" if digest == "none" else digest.upper().replace("SHA", "SHA-")
        out += f"| `{kind}` | {purpose} | {hashed} | {shown(rows['mechanisms'][scheme])} |\n"
    document = root / "docs/pkcs11-conformance.md"
    if write and not faults:
        document.write_text(out, encoding="utf-8")
    elif not document.exists() or document.read_text(encoding="utf-8") != out:
        faults.append("docs/pkcs11-conformance.md is out of date: run tests/pkcs11/conformance.py . --write")
    for fault in faults:
        print(fault)
    print(f"{len(functions)} functions, {len(found)} mechanisms, {len(where)} tests, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), "--write" in sys.argv[2:]))
