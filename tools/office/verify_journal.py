#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks an exported journal (docs/journal.md) with nothing but Python; `openssl` checks the signed checkpoints.

    verify_journal.py JOURNAL.jsonl [--head NUMBER:HASH ...]      heads as printed on receipts

Exit code 0: the chain is whole; 1: it is not."""

import argparse
import bisect
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MEMBERS = ["n", "time", "clock", "kiosk", "build", "session", "operator", "role", "action", "outcome", "code",
           "holder", "card", "certificate", "facts", "previous", "hash"]
TAIL = len(',"hash":""}') + 64
LONGEST = 65536
SHAPES = {"time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "previous": "[0-9A-F]{64}", "hash": "[0-9A-F]{64}"}


def read(line):
    """The record if the line is spelled in the one way there is, else None."""
    try:
        record = json.loads(line.decode("utf-8"))
        again = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        facts = record["facts"]
        texts = [value for name, value in record.items() if name not in ("n", "code", "facts")]
        right = again == line and list(record) == MEMBERS and list(facts) == sorted(facts) \
            and type(record["n"]) is type(record["code"]) is int and min(record["n"] - 1, record["code"]) >= 0 \
            and all(isinstance(text, str) for text in [*texts, *facts.values()]) \
            and all(re.fullmatch(shape, record[name], re.ASCII) for name, shape in SHAPES.items())
        return record if right else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def signed(record):
    """True, False, or None where there is no openssl to ask."""
    facts, number = record["facts"], str(record["n"] - 1)
    if (facts.get("number"), facts.get("head")) != (number, record["previous"]):
        return False
    with tempfile.TemporaryDirectory() as place:
        paths = [os.path.join(place, name) for name in ("certificate", "signature", "text", "key")]
        text = f"acredita-journal-checkpoint-1\n{number}\n{record['previous']}\n".encode()
        try:
            for path, content in zip(paths, (bytes.fromhex(facts["certificate"]), bytes.fromhex(facts["signature"]), text)):
                pathlib.Path(path).write_bytes(content)
            for command in (["x509", "-inform", "DER", "-in", paths[0], "-noout", "-pubkey", "-out", paths[3]],
                            ["dgst", "-sha256", "-verify", paths[3], "-signature", *paths[1:3]]):
                subprocess.run(["openssl", *command], capture_output=True, check=True)
        except FileNotFoundError:
            return None
        except (KeyError, ValueError, subprocess.CalledProcessError):
            return False
    return True


def moved(places):
    """Those that are not in the longest run of rising places: the fewest that must have been moved."""
    ends, before, kept = [], {}, set()
    for place in places:
        at = bisect.bisect(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at:at + 1] = [place]
    place = (ends or [None])[-1]
    while place is not None:
        kept.add(place)
        place = before[place]
    return set(places) - kept


def verify(lines, heads):
    faults, notes, signers, rest, after = [], [], set(), [], {}
    for line, content in enumerate(lines, 1):
        record = read(content)
        if record is None:
            faults.append((0, f"line {line} is not a record: somebody changed it"))
        else:
            sound = hashlib.sha256(content[:-TAIL]).hexdigest().upper() == record["hash"]
            rest.append((record["n"], line, record, sound))
            after.setdefault(record["previous"], []).append(rest[-1])
    rest.sort(key=lambda entry: entry[:2])
    number, head, newest, anchored, placed, at = 0, "0" * 64, "", 0, {}, 0
    while True:
        follows = [entry for entry in after.get(head, []) if entry[1] not in placed]
        while at < len(rest) and (rest[at][0] <= number or rest[at][1] in placed):
            at += 1
        if not follows and at == len(rest):
            break
        # Two that follow the same record: the one that the next was written after is the real one.
        n, line, record, sound = next((e for e in follows if e[2]["hash"] in after), (follows or rest[at:])[0])
        if not follows and n > number + 1:
            faults.append((number + 1, "removed" if n == number + 2 else f"removed, and all up to {n - 1}"))
            number = n - 1
        elif not follows:
            faults.append((number, "replaced: not the record that the next one was written after"))
        number, head = number + 1, record["hash"]
        placed[line] = None
        faults += [(number, f"changed (line {line})")] * (not sound or n != number)
        notes += [f"record {number}: the clock went back to {record['time']}"] * (record["time"] < newest)
        newest = max(newest, record["time"])
        for value in [value for named, value in heads if named == number]:
            anchored = number
            faults += [(number, "not the record that the receipt names")] * (head != value)
        answer = signed(record) if sound and record["action"] == "journal.checkpoint" else ""
        if answer:
            anchored = number
            signers.add(hashlib.sha256(bytes.fromhex(record["facts"]["certificate"])).hexdigest().upper())
        elif answer is None:
            notes.append(f"record {number}: a checkpoint whose signature was not checked: there is no openssl")
        elif answer is False:
            faults.append((number, "a checkpoint whose signature does not verify"))
    faults += [(n, f"inserted (line {line})") for n, line, _, _ in rest if line not in placed]
    gone = moved(list(placed))
    faults += [(n, f"moved: it stands in line {line}") for n, line, _, _ in rest if line in gone]
    for proven in [named for named, _ in heads if named > number][-1:]:
        faults.append((number + 1, f"cut off: the receipt proves that there were {proven} records"))
    return sorted(faults), notes, signers, number, head, anchored


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("journal", type=argparse.FileType("rb"))
    options.add_argument("--head", action="append", default=[])
    given = options.parse_args()
    if not all(re.fullmatch(r"[1-9]\d*:[0-9A-Fa-f]{64}", head, re.ASCII) for head in given.head):
        options.error("a head is NUMBER:HASH")
    heads = sorted((int(head.split(":")[0]), head.split(":")[1].upper()) for head in given.head)
    lines = [line.removesuffix(b"\n") for line in iter(lambda: given.journal.readline(LONGEST), b"")]
    faults, notes, signers, number, head, anchored = verify(lines, heads)
    for n, what in faults:
        print(f"record {n}: {what}" if n else what)
    print("".join(note + "\n" for note in notes), end="")
    print("".join(f"checkpoints signed by the certificate {signer}: is it the office's?\n" for signer in signers), end="")
    print(f"{len(lines)} records, {len(faults)} faults; head {number}:{head}")
    print(f"Not proven: that nothing was cut off behind record {number}, nor that records after {anchored} were not "
          "written anew by somebody who could write the journal; a later receipt or checkpoint proves it.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
