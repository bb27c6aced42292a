#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What opening an ordinary backup costs, ours beside OpenSSL's own program, in one run. Judges nothing.

  p12.py BUILD [RUNS]     the build folder; RUNS per figure, 20 unless told otherwise

"openssl" and "acredita" are whole runs of a program: start, read the file, check the MAC, decrypt everything, describe
it. "isolated", "ready" and "here" are one opening by a program that runs already, as the kiosk does it: in the process that
reads backups, in one that was started while the file was looked for, and without it. Ours also pairs, builds chains, and signs and verifies with the key. A wrong password costs ours
one further derivation, which tells it from an altered file. CPU time counts what was started as well."""

import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, password):
    """Seconds of wall clock and of CPU."""
    read, write = os.pipe()
    os.write(write, password.encode() + b"\n")
    os.close(write)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([part.replace("{fd}", str(read)) for part in command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, pass_fds=[read], check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.close(read)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.returncode


def figures(command, password, runs, expected=0):
    taken = [run(command, password) for _ in range(runs)]
    for _, _, code in taken:
        if (code == 0) != (expected == 0):
            sys.exit(f"{command[0]} ended with {code}")
    return statistics.median(t[0] for t in taken), statistics.median(t[1] for t in taken)


def line(name, program, mine, base=None):
    ratios = [f"{m / b:7.2f}" for m, b in zip(mine, base)] if base else ["", ""]
    print(f"{name:46}{program:10}{mine[0] * 1e3:9.1f}{ratios[0]:7}{mine[1] * 1e3:9.1f}{ratios[1]:7}")


def main(build, runs):
    acredita = build + "/tools/cli/acredita"
    cost = build + "/tests/tools/p12/p12_opening_cost"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        subprocess.run(["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=prueba", "-keyout",
                        folder / "key", "-out", folder / "crt"], **quiet)
        print(f"{'backup':46}{'program':10}{'wall ms':>9}{'ratio':>7}{'cpu ms':>9}{'ratio':>7}   median of {runs}")
        for name, options, reading in (("OpenSSL 3, 2048 iterations", [], []),
                                       ("OpenSSL 1, RC2 and 3DES", ["-legacy"], ["-legacy"]),
                                       ("Firefox's 600000 iterations", ["-iter", "600000"], [])):
            file = str(folder / "copy.p12")
            subprocess.run(["openssl", "pkcs12", "-export", "-inkey", folder / "key", "-in", folder / "crt", "-out",
                            file, "-passout", "pass:clave", *options], **quiet)
            theirs = ["openssl", "pkcs12", "-in", file, "-passin", "fd:{fd}", "-nodes", "-out", "/dev/null", *reading]
            ours = [acredita, "p12", "inspect", file, "--passphrase-fd", "{fd}"]
            for what, password, expected in (("", "clave", 0), (", wrong password", "otra", 1)):
                base = figures(theirs, password, runs, expected)
                line(name + what, "openssl", base)
                if pathlib.Path(acredita).exists():
                    line("", "acredita", figures(ours, password, runs, expected), base)
                for place in ("isolated", "ready", "here"):
                    said = subprocess.run([cost, file, password, str(runs), place], capture_output=True, check=True)
                    line("", place, [float(f) / 1e3 for f in said.stdout.split()], base)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
