# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of the clients that were let at the card: table.py ROWS [FILE] prints it from the lines client.sh wrote
below ROWS, and writes FILE if every command in it ended well. Exit code 1 if one did not."""
import datetime
import pathlib
import platform
import sys

HEAD = """# Programs tried with the card

Written by `sh tests/run.sh interop` on {date} ({system}): {clients} programs, {commands} commands, each on a practice card
behind a real pcscd, in a network of its own. Every command ended with the exit code given here; what it signed or where
it logged in was then judged by another program (the scripts in `tests/interop/clients` say by which), and how often the
PIN went to the card was counted there.

`$MODULE` is `libacredita-pkcs11.so`, `$ID` and `$LABEL` are those of the certificate, `$URI` is `pkcs11:id=` and that ID,
`$ALIAS` is the label as Java reads it.
"""
TAIL = """
## What to know

- gpgsm 2.2 puts a zero before an RSA signature whose first bit is set. gpgsm overlooks it, other programs refuse such a
  message; it is not the card's doing. gnupg-pkcs11-scd knows RSA keys alone.
- The protocol of p11-kit 0.24 between server and client carries CKM_ECDSA, not the mechanisms that hash as well.
- SunPKCS11 of Java 17 takes each byte of a label for a character. With `-J-Dfile.encoding=ISO-8859-1` keytool gives the bytes
  back as they came, and a name with accents is readable; as an alias on the command line it has to be written as Java reads
  it, which is what `printf %s "$LABEL" | iconv -f latin1 -t utf8` prints.
- SunPKCS11 with `nssLibraryDirectory` looks for every module of the profile below that folder; without it, it finds ours.
- p11tool logs in anew for each kind of object it lists, because it closes its last session in between.
"""


def read(folder):
    rows = []
    for path in sorted(pathlib.Path(folder).glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            rows.append(line.split("\t"))
    return rows


def merged(rows):
    """One line for what was the same with each kind of key."""
    lines = {}
    for client, version, key, what, command, code in rows:
        lines.setdefault((client, version, what, command, code), []).append(key)
    return [(*line, ", ".join(keys)) for line, keys in lines.items()]


def system():
    names = {}
    for line in pathlib.Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        names[name] = value.strip('"')
    return "%s, %s" % (names.get("PRETTY_NAME", "?"), platform.machine())


def table(lines):
    out = ["| client | package | shows | key | command | exit code |", "|---|---|---|---|---|---|"]
    before = None
    for client, version, what, command, code, keys in lines:
        shown = ("", "") if client == before else (client, version)
        before = client
        cells = (*shown, what, keys, "`%s`" % command.replace("|", "\\|") if command else "", code)
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out) + "\n"


def main():
    rows = read(sys.argv[1])
    lines = merged(rows)
    clients = {row[0] for row in rows}
    bad = [row for row in rows if row[5] != "0"]
    print(table(lines), end="")
    print("%d programs, %d commands, %d of them not with exit code 0" % (len(clients), len(rows), len(bad)))
    for row in bad:
        print("  %s, %s: %s: %s" % (row[0], row[2], row[3], row[5]))
    if bad or not rows:
        sys.exit(1)
    if len(sys.argv) > 2:
        head = HEAD.format(date=datetime.date.today().isoformat(), system=system(), clients=len(clients), commands=len(rows))
        pathlib.Path(sys.argv[2]).write_text(head + "\n" + table(lines) + TAIL, encoding="utf-8")


main()
