#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What making and signing a letter costs, ours beside pdfsig, in one run. Judges nothing.

  letter.py BUILD [RUNS]     the build folder; RUNS per figure, 20 unless told otherwise

Whole runs of a program: start, read, sign, write, check. The key is the same RSA-2048 in a file (ours) and in an NSS
database (pdfsig), so that no card counts; "again" is one more signature in a program that runs already, as the kiosk has
it. Ours copies, syncs to the disk and verifies what it wrote; pdfsig does neither. Peak memory is the largest resident
set of the process, in one run more. The last lines sign with a practice card that answers at once, through our PKCS#11 module and pcscd."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SUBJECT = "/CN=MUESTRA PRACTICA LUCIA - NIF:00000000T/serialNumber=IDCES-00000000T"


def run(command, cwd, remove):
    """Milliseconds of wall clock and of CPU."""
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
    return wall, (usage.ru_utime + usage.ru_stime) * 1e3


def peak(command, cwd, remove):
    """Largest resident set in MB; what this script itself occupies would count if it started the program."""
    (cwd / remove).unlink(missing_ok=True)
    subprocess.run(["/usr/bin/env", "time", "-f", "%M", "-o", "peak", *command], cwd=cwd, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return int((cwd / "peak").read_text(encoding="ascii").split()[-1]) / 1024


def figures(command, cwd, runs, remove):
    taken = [run(command, cwd, remove) for _ in range(runs)]
    return (statistics.median(t[0] for t in taken), statistics.median(t[1] for t in taken), peak(command, cwd, remove))


def line(what, program, mine, base=None, grown=None):
    text = f"{what:12}{program:30}"
    for i, value in enumerate(mine):
        text += f"{value:9.1f}" + (f"{value / base[i]:7.2f}" if base else " " * 7)
    print(text + (f"{grown / 1024:10.1f}" if grown else ""), flush=True)


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


def page(folder, name, size):
    """A page of that size: a line of text, and a stream that does not compress."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
             b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
             b"<< /Length 39 >>\nstream\nBT /F1 12 Tf 72 720 Td (Estimada) Tj ET \nendstream",
             b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    parts.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (size - 900, os.urandom(size - 900)))
    out, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(parts) + 1)
    for offset in offsets:
        out += b"%010d 00000 n\r\n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    (folder / name).write_bytes(out)


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
        print(f"{'letter':12}{'program':30}{'wall ms':>9}{'ratio':>7}{'cpu ms':>9}{'ratio':>7}{'peak MB':>9}{'ratio':>7}"
              f"{'added KB':>10}   median of {runs}")
        line("made", "acredita letter make", figures(make, folder, runs, "small.pdf"),
             grown=(folder / "small.pdf").stat().st_size)
        page(folder, "page.pdf", 34 << 10)
        page(folder, "large.pdf", 10 << 20)
        for what, source in (("the letter", "small.pdf"), ("34 KB", "page.pdf"), ("10 MB", "large.pdf")):
            size = (folder / source).stat().st_size
            theirs = figures(["pdfsig", "-nssdir", "db", "-nick", "yo", "-add-signature", source, "out.pdf"], folder, runs,
                             "out.pdf")
            line(what, "pdfsig -add-signature", theirs, grown=(folder / "out.pdf").stat().st_size - size)
            mine = figures([bench, "one.key", "one.der", source, "out.pdf"], folder, runs, "out.pdf")
            line(what, "ours", mine, theirs, (folder / "out.pdf").stat().st_size - size)
            again = subprocess.run([bench, "one.key", "one.der", source, "out.pdf", str(runs + 1)], cwd=folder, check=True,
                                   capture_output=True, text=True).stdout.split()[1:]
            line(what, "ours, again", [statistics.median(map(float, again))], theirs)
        line("the letter", "acredita letter sign, card", [on_a_card(acredita, folder, runs)])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
