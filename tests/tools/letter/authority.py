#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A timestamp authority on the loopback: HTTP around `openssl ts -reply`, and around files for the rest.

  authority.py FOLDER [TLS.pem]    prints its port; ends when its standard input does

FOLDER holds tsa.cnf and what it names. What is asked for tells how it answers:
  /tsa          as it should            /slow      after a minute          /drip     a byte a second
  /large        with a megabyte         /html      with a page of words    /500      with an error
  /garbage      with bytes of no kind   /away      with a redirection to /tsa
  /other-nonce  an answer to another question, as a replay would be
  /file/NAME    GET or POST: that file of FOLDER, as OCSP answer if it is one
Everything asked is written to FOLDER/asked, a line each."""

import http.server
import pathlib
import ssl
import subprocess
import sys
import threading
import time

FOLDER = pathlib.Path(sys.argv[1])
REPLY = "application/timestamp-reply"
LOCK = threading.Lock()


def reply(question):
    with LOCK:
        (FOLDER / "asked.tsq").write_bytes(question)
        subprocess.run(["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "asked.tsq", "-out", "given.tsr"],
                       cwd=FOLDER, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return (FOLDER / "given.tsr").read_bytes()


class Authority(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def give(self, body, kind=REPLY, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

    def answer(self, question):
        with open(FOLDER / "asked", "a", encoding="ascii") as asked:
            asked.write(f"{self.command} {self.path}\n")
        try:
            self.answer_to(question)
        except OSError:
            pass  # whoever asked has gone

    def answer_to(self, question):
        path = self.path
        if path == "/tsa":
            self.give(reply(question))
        elif path == "/other-nonce":
            other = FOLDER / "other.tsr"
            if not other.exists():
                other.write_bytes(reply(question))
            self.give(other.read_bytes())
        elif path == "/slow":
            time.sleep(60)
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", REPLY)
            self.end_headers()
            for _ in range(60):
                self.wfile.write(b"0")
                self.wfile.flush()
                time.sleep(1)
        elif path == "/large":
            self.give(b"0" * (1 << 20))
        elif path == "/headers":
            self.send_response(200)
            for number in range(3000):
                self.send_header(f"X-{number}", "x" * 100)
            self.end_headers()
        elif path == "/html":
            self.give(b"<p>Bienvenido</p>", "text/html")
        elif path == "/garbage":
            self.give(b"\x30\x82\xff\xff" + b"\x00" * 100)
        elif path == "/away":
            self.send_response(302)
            self.send_header("Location", "/tsa")
            self.end_headers()
        elif path.startswith("/file/") and "/" not in path[6:] and (FOLDER / path[6:]).is_file():
            kind = "application/ocsp-response" if path.endswith(".ocsp") else "application/pkix-crl"
            self.give((FOLDER / path[6:]).read_bytes(), kind)
        else:
            self.give(b"", "text/plain", 500)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Authority)
server.daemon_threads = True
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
