# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Looks for a secret in the whole memory of a process."""

import os
import re

STRIDES = (1, 2, 4, 8, 16, 24, 32, 36, 40, 48, 56, 64, 72, 80, 96, 128)


def forms(secret, key_codes=()):
    """What the secret could look like: a name and a pattern each.

    As text in the three encodings in use; as single characters that lie at equal distances, the way strings of one
    character or events in a queue do; and as the codes of the keys, in the same way.
    """
    found = {f"as {name}": re.compile(re.escape(secret.encode(name)))
             for name in ("utf-8", "utf-16-le", "utf-32-le", "latin-1")}
    plain = [c.encode("latin-1", "replace") for c in secret]
    for units, word in ((plain, "characters"), ([bytes([k]) for k in key_codes], "key codes")):
        for stride in STRIDES if units else ():
            gap = b".{%d}" % (stride - 1) if stride > 1 else b""
            found[f"as {word}, one each {stride} bytes"] = re.compile(gap.join(map(re.escape, units)), re.DOTALL)
    return found


def search(pid, patterns):
    """(form, mapping) of every hit in what the process can write to, and how many bytes that is."""
    hits = []
    looked = 0
    with open(f"/proc/{pid}/maps", encoding="utf-8", errors="replace") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            place, rights = line.split()[:2]
            # What cannot be written to is a file as it was before anything was typed.
            if not rights.startswith("rw"):
                continue
            first, last = (int(x, 16) for x in place.split("-"))
            try:
                content = os.pread(memory.fileno(), last - first, first)
            except OSError:
                continue
            looked += len(content)
            if content.count(0) == len(content):
                continue
            for name, pattern in patterns.items():
                if pattern.search(content):
                    hits.append((name, line))
    return hits, looked
