#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Counts what each client asks of one practice card, and how long it takes. Runs inside `acredita practice`."""

import hashlib
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

BENCH = pathlib.Path(__file__).resolve().parent
LATENCY, RUNS, CARD = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ACREDITA = os.environ["ACREDITA"]
OURS = os.environ["ACREDITA_MODULE"]
TRIPLET = pathlib.Path("/usr/lib") / subprocess.run(["gcc", "-print-multiarch"], capture_output=True, text=True).stdout.strip()
OPENSC = str(TRIPLET / "opensc-pkcs11.so")
YKCS11 = str(next(TRIPLET.glob("libykcs11.so.?")))
FACTORY_KEY = "010203040506070801020304050607080102030405060708"


def control(command: str) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
        s.connect(os.environ["ACREDITA_PRACTICE_CONTROL"])
        s.sendall(command.encode() + b"\n")
        return s.makefile().readline().strip()


def exchanges() -> int:
    return int(control("exchanges 0").split()[-1])


def run(*command: str, fds: dict[int, bytes] | None = None) -> None:
    opened = []
    for number, text in (fds or {}).items():
        read, write = os.pipe()
        os.write(write, text)
        os.close(write)
        os.dup2(read, number)
        os.set_inheritable(number, True)
        opened += [read, number]
    done = subprocess.run(command, capture_output=True, close_fds=False, check=False)
    for number in opened:
        os.close(number)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")


def measure(steps: list, before=None) -> tuple[int, float]:
    counts, times = [], []
    for _ in range(RUNS):
        if before:
            before()
        first, start = exchanges(), time.monotonic()
        for command, fds in steps:
            run(*command, fds=fds)
        times.append(time.monotonic() - start)
        counts.append(exchanges() - first)
    return statistics.median_low(counts), statistics.median(times)


def empty_card() -> None:
    """The factory state, as any owner of such a card gets it: PIN and PUK blocked on purpose, then reset."""
    tool = ("yubico-piv-tool", "-r", "Yubico")
    for _ in range(3):
        subprocess.run((*tool, "-a", "verify-pin", "-P", "000000"), capture_output=True, check=False)
    for _ in range(3):
        subprocess.run((*tool, "-a", "unblock-pin", "-P", "00000000", "-N", "111111"), capture_output=True, check=False)
    run(*tool, "-a", "reset")


def signatures() -> None:
    """What one signature costs in a process that has logged in, by turns; the card's share is the same for all. The best
    of the turns is told: what else the machine does only adds to it."""
    clients = (("acredita", OURS), ("opensc-pkcs11", OPENSC), ("ykcs11", YKCS11))
    script, count = str(BENCH / "signatures.py"), 100
    clock, processor, each = {}, {}, {}
    for _ in range(10):
        for client, module in clients:
            before = exchanges()
            done = subprocess.run(("/usr/bin/python3", script, module, str(count)), capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"{client}: {done.stderr}")
            by_clock, by_processor = map(float, done.stdout.split())
            each[client] = (exchanges() - before) / count
            clock[client] = min(by_clock, clock.get(client, by_clock))
            processor[client] = min(by_processor, processor.get(client, by_processor))
    print(f"\n{'one signature of many':28}{'client':18}{'exchanges':>10}{'ms':>10}{'/ ours':>9}{'module ms':>11}{'/ ours':>9}")
    for client, _ in clients:
        print(f"{'':28}{client:18}{each[client]:>10.2f}{clock[client]:>10.3f}{clock[client] / clock['acredita']:>9.2f}"
              f"{processor[client]:>11.3f}{processor[client] / processor['acredita']:>9.2f}")


def forget_cache() -> None:
    shutil.rmtree(pathlib.Path(os.environ["XDG_CACHE_HOME"]) / "acredita", ignore_errors=True)


def main() -> None:
    folder = pathlib.Path(tempfile.mkdtemp())
    os.chdir(folder)
    run("openssl", "req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
        "-days", "400", "-subj", "/C=ES/CN=EJEMPLO PRUEBA ANA - 00000000T", "-addext", "nsComment=" + "x" * 560)
    run("openssl", "pkcs12", "-export", "-inkey", "key.pem", "-in", "cert.pem", "-passout", "pass:clave", "-out", "b.p12")
    (folder / "text").write_bytes(b"x" * 32)

    def ours_import():
        return [((ACREDITA, "issue", "b.p12", "--passphrase-fd", "7", "--pin-fd", "8", "--factory-admin-key", "--json"),
                 {7: b"clave\n", 8: b"123456\n"})]

    def yubico_import():
        base = ("yubico-piv-tool", "-r", "Yubico", "-k" + FACTORY_KEY, "-s", "9a", "-a")
        return [((*base, "import-key", "-i", "key.pem"), None), ((*base, "import-certificate", "-i", "cert.pem"), None)]

    def listing(module):
        return [(("pkcs11-tool", "--module", module, "-O"), None)]

    def signing(module, key_id):
        return [(("pkcs11-tool", "--module", module, "--login", "--pin", "123456", "--sign", "-m", "SHA256-RSA-PKCS",
                  "--id", key_id, "-i", "text", "-o", "signature"), None)]

    modulus = subprocess.run(("openssl", "rsa", "-in", "key.pem", "-noout", "-modulus"), capture_output=True, text=True,
                             check=True).stdout.strip().removeprefix("Modulus=")
    key_id = hashlib.sha1(bytes.fromhex(modulus)).hexdigest()
    rows = []
    rows.append(("import, proven + receipt", "acredita issue", *measure(ours_import(), before=lambda: (empty_card(), forget_cache()))))
    rows.append(("import, nothing checked", "yubico-piv-tool", *measure(yubico_import(), before=empty_card)))
    rows.append(("list, cold", "acredita", *measure(listing(OURS), before=forget_cache)))
    rows.append(("list, warm", "acredita", *measure(listing(OURS))))
    rows.append(("list", "opensc-pkcs11", *measure(listing(OPENSC))))
    rows.append(("list", "ykcs11", *measure(listing(YKCS11))))
    rows.append(("login+sign, cold", "acredita", *measure(signing(OURS, key_id), before=forget_cache)))
    rows.append(("login+sign, warm", "acredita", *measure(signing(OURS, key_id))))
    rows.append(("login+sign", "opensc-pkcs11", *measure(signing(OPENSC, "01"))))
    rows.append(("login+sign", "ykcs11", *measure(signing(YKCS11, "01"))))

    print(f"\n{CARD} APDUs, {LATENCY} ms an exchange; median of {RUNS} processes each; RSA-2048, certificate of "
          f"{len(subprocess.run(['openssl', 'x509', '-in', 'cert.pem', '-outform', 'DER'], capture_output=True, check=True).stdout)} bytes")
    print(f"{'what':28}{'client':18}{'exchanges':>10}{'seconds':>10}{'/ ours cold':>13}{'/ ours warm':>13}")
    cold = {what.split(",")[0]: seconds for what, client, _, seconds in rows if client.startswith("acredita") and "warm" not in what}
    warm = {what.split(",")[0]: seconds for what, client, _, seconds in rows if client.startswith("acredita") and "warm" in what}
    for what, client, count, seconds in rows:
        kind = what.split(",")[0]
        to_warm = f"{seconds / warm[kind]:>13.2f}" if kind in warm else ""
        print(f"{what:28}{client:18}{count:>10}{seconds:>10.3f}{seconds / cold[kind]:>13.2f}{to_warm}")
    if LATENCY == "0":
        signatures()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
