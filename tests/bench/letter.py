#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What making and signing a letter costs, ours beside pdfsig, in one run. Judges nothing.

  letter.py BUILD [RUNS]     the build folder; RUNS per figure, 20 unless told otherwise

Whole runs of a program: start, read, sign, write, check. The key is the same RSA-2048 in a file (ours) and in an NSS
database (pdfsig), so that no card counts; "again" is one more signature in a program that runs already, as the kiosk has
it. Ours copies, syncs to the disk and verifies what it wrote; pdfsig does neither. Peak memory is the largest resident
set of the process. The last lines sign with a practice card that answers at once, through our PKCS#11 module and pcscd."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SUBJECT = "/CN=MUESTRA PRACTICA LUCIA - NIF:00000000T/serialNumber=IDCES-00000000T"


def run(command, cwd, remove=None):
    """Milliseconds of wall clock, peak of resident memory in MB."""
    if remove:
        (cwd / remove).unlink(missing_ok=True)
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(child.pid, 0)
    wall = (time.perf_counter() - start) * 1e3
    said = child.stderr.read().decode(errors="replace")
    child.stderr.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}: {said}")
    return wall, usage.ru_maxrss / 1024


def figures(command, cwd, runs, remove):
    taken = [run(command, cwd, remove) for _ in range(runs)]
    return statistics.median(t[0] for t in taken), max(t[1] for t in taken)


def line(what, program, mine, base=None, grown=None):
    ratio = f"{mine[0] / base[0]:8.2f}" if base else " " * 8
    more = f"{mine[1] / base[1]:8.2f}" if base else " " * 8
    print(f"{what:12}{program:30}{mine[0]:9.1f}{ratio}{mine[1]:9.1f}{more}{grown / 1024 if grown else 0:10.1f}", flush=True)


def prepare(folder, acredita):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": folder}
    for name in ("one", "two"):
        subprocess.run(["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "9", "-subj", SUBJECT,
                        "-keyout", name + ".key", "-out", name + ".pem"], **quiet)
    subprocess.run(["openssl", "x509", "-in", "one.pem", "-outform", "DER", "-out", "one.der"], **quiet)
    subprocess.run(["openssl", "pkcs12", "-export", "-in", "one.pem", "-inkey", "one.key", "-name", "yo", "-passout",
                    "pass:", "-out", "one.p12"], **quiet)
    (folder / "db").mkdir()
    subprocess.run(["certutil", "-N", "-d", "db", "--empty-password"], **quiet)
    subprocess.run(["pk12util", "-d", "db", "-i", "one.p12", "-W", ""], **quiet)
    (folder / "office.toml").write_text('institution = "Universidad"\nname = "Oficina"\nplace = "Aquí"\n', encoding="utf-8")
    make = [acredita, "letter", "make", "--previous", "one.pem", "--renewed", "two.pem", "--folio", "R-1", "--office",
            "office.toml", "--out", "small.pdf"]
    return make


def large(folder):
    """The letter with ten megabytes attached that do not compress."""
    (folder / "attached").write_bytes(os.urandom(10 << 20))
    subprocess.run(["qpdf", "small.pdf", "--add-attachment", "attached", "--", "large.pdf"], cwd=folder, check=True)


def on_a_card(acredita, folder, runs):
    script = f"""set -e
printf '1234\\n' >passphrase; printf '123456\\n' >pin
openssl pkcs12 -export -in one.pem -inkey one.key -name yo -passout pass:1234 -out card.p12
'{acredita}' issue card.p12 --passphrase-fd 3 --pin-fd 4 3<passphrase 4<pin >/dev/null 2>&1
for i in $(seq {runs + 1}); do
    rm -f out.pdf
    s=$(date +%s%N)
    '{acredita}' letter sign small.pdf out.pdf --pin-fd 4 4<pin >/dev/null
    e=$(date +%s%N)
    echo $(( (e - s) / 1000 ))
done"""
    done = subprocess.run([acredita, "practice", "--card", "piv", "--", "sh", "-c", script], cwd=folder, check=True,
                          capture_output=True, text=True)
    return statistics.median(int(value) / 1e3 for value in done.stdout.split()[1:])


def main(build, runs):
    build = pathlib.Path(build).resolve()
    acredita = str(build / "tools/cli/acredita")
    bench = str(build / "tests/tools/letter/letter_sign_bench")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make = prepare(folder, acredita)
        print(f"{'letter':12}{'program':30}{'wall ms':>9}{'ratio':>8}{'peak MB':>9}{'ratio':>8}{'added KB':>10}   median of {runs}")
        line("made", "acredita letter make", figures(make, folder, runs, "small.pdf"),
             grown=(folder / "small.pdf").stat().st_size)
        large(folder)
        for source in ("small.pdf", "large.pdf"):
            size = (folder / source).stat().st_size
            what = f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
            theirs = figures(["pdfsig", "-nssdir", "db", "-nick", "yo", "-add-signature", source, "out.pdf"], folder, runs,
                             "out.pdf")
            line(what, "pdfsig -add-signature", theirs, grown=(folder / "out.pdf").stat().st_size - size)
            mine = figures([bench, "one.key", "one.der", source, "out.pdf"], folder, runs, "out.pdf")
            line(what, "ours", mine, theirs, (folder / "out.pdf").stat().st_size - size)
            again = subprocess.run([bench, "one.key", "one.der", source, "out.pdf", str(runs + 1)], cwd=folder, check=True,
                                   capture_output=True, text=True).stdout.split()[1:]
            print(f"{what:12}{'ours, again':30}{statistics.median(map(float, again)):9.1f}"
                  f"{statistics.median(map(float, again)) / theirs[0]:8.2f}")
        print(f"{'':12}{'acredita letter sign, card':30}{on_a_card(acredita, folder, runs):9.1f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
