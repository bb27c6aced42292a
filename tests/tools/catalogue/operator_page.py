#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The operators' page on backups says what the programs say: word for word, out of the catalogue.

operator_page.py ROOT            fails if docs/operador/copias-de-seguridad.md differs from the catalogue
operator_page.py ROOT --write    writes the part between the marks anew
"""

import pathlib
import re
import sys
import tomllib

# The twenty commonest, in the order in which an office meets them.
FAULTS = [
    "p12.certificate_only", "p12.wrong_password", "p12.truncated", "p12.empty_file", "p12.only_zeros", "p12.damaged",
    "p12.key_password_differs", "p12.windows_shortcut", "p12.certificate_request", "p12.zip_archive",
    "p12.pdf_document", "p12.picture", "p12.web_page", "p12.not_a_backup", "p12.public_key_protected",
    "p12.unsupported_algorithm", "p12.legacy_provider_missing", "p12.key_certificate_mismatch",
    "p12.unreadable_file", "issue.expired",
]
EXAMPLES = {
    "p12.truncated": "faltan al menos 218 bytes",
    "p12.unsupported_algorithm": "2.16.840.1.101.3.4.1.46",
    "p12.legacy_provider_missing": "RC2-40",
    "issue.expired": "2024-11-05",
}
BEGIN, END = "<!-- del catálogo: principio -->\n", "<!-- del catálogo: fin -->\n"


def rows(root: pathlib.Path) -> dict:
    found = {}

    def walk(prefix, table):
        if "es" in table or "same" in table:
            found[prefix] = table
            return
        for name, value in table.items():
            walk(f"{prefix}.{name}" if prefix else name, value)

    for file in sorted((root / "tools/catalogue/texts").glob("*.toml")):
        walk("", tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def page(root: pathlib.Path) -> str:
    catalogue = rows(root)
    text = ""
    for number, name in enumerate(FAULTS, 1):
        row = catalogue[name]
        what, means, action = (s.replace("{detail}", EXAMPLES.get(name, "…")) for s in row["es"])
        text += f"### {number}. {what.rstrip('.')}\n\n{means}\n\n**Qué hacer:** {action}\n\n"
        text += f"Código {row['code']} · `{name}`\n\n"
    return text


def main(root: pathlib.Path, write: bool) -> int:
    file = root / "docs/operador/copias-de-seguridad.md"
    now = file.read_text(encoding="utf-8")
    wanted = re.sub(re.escape(BEGIN) + ".*" + re.escape(END), lambda _: BEGIN + "\n" + page(root) + END, now, flags=re.S)
    if write:
        file.write_text(wanted, encoding="utf-8")
    elif now != wanted:
        print(f"{file.name} does not say what the catalogue says; run this with --write")
        return 1
    print(f"{len(FAULTS)} faults")
    return 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), "--write" in sys.argv))
