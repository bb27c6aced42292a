#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A small portal of our own: the other side of a re-association, over real HTTPS with client certificates.

A profile is entered with user and password; a certificate can be assigned to it, changed, and removed after a
confirmation; /acceso lets in whoever comes with the certificate that is associated, and nobody else. What was
typed into a form is lost when a certificate is assigned or changed. The words are those of the real pages.

  portal.py CERTIFICATE KEY CLIENT-AUTHORITIES PORT-FILE     on loopback, until it is ended
"""

import hashlib
import http.server
import os
import secrets
import ssl
import sys
import urllib.parse

ASSIGN = "Asignar un certificado digital a tu perfil"
CHANGE = "Cambiar el certificado digital asociado a tu perfil"
REMOVE = "Eliminar el certificado digital asociado a su perfil"
NONE = f"Aún no ha asignado un certificado digital a su perfil. Si lo desea puedes {ASSIGN}."
ASSIGNED = f"Tu perfil de usuario ya tiene asignado un certificado digital, si lo deseas puedes {CHANGE}. También puede {REMOVE}."
CONFIRM = "Confirmar Operación. ¿Confirma que desea eliminar el certificado asociado a tu perfil?"


class Profile:
    def __init__(self, password, represents):
        self.password = password
        self.represents = represents
        self.certificate = None
        self.form = ""


PROFILES = {
    "ana": Profile("clave-de-ana", ["EMPRESA DE PRÁCTICAS SL"]),
    "lucia": Profile("clave-de-lucia", ["MUESTRA PRÁCTICA, PEDRO", "AYUNTAMIENTO DE NINGUNA PARTE"]),
}
SESSIONS = {}


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, text, cookie=None):
        body = (text + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", f"sesion={cookie}; Secure; HttpOnly")
        self.end_headers()
        self.wfile.write(body)

    def fingerprint(self):
        der = self.connection.getpeercert(binary_form=True)
        return hashlib.sha256(der).hexdigest() if der else None

    def profile(self):
        cookie = dict(part.strip().partition("=")[::2] for part in self.headers.get("Cookie", "").split(";"))
        return SESSIONS.get(cookie.get("sesion"))

    def do_GET(self):
        if self.path == "/acceso":
            return self.enter_by_certificate()
        profile = self.profile()
        if self.path != "/perfil":
            return self.answer(404, "No existe")
        if not profile:
            return self.answer(401, "Identificarse en el Portal con Usuario y Contraseña")
        lines = ["Mi Perfil", ASSIGNED if profile.certificate else NONE]
        lines += [f"Persona o entidad asociada: {name}" for name in profile.represents]
        lines.append(f"Formulario: {profile.form}")
        return self.answer(200, "\n".join(lines))

    def do_POST(self):
        size = min(int(self.headers.get("Content-Length", 0)), 4096)
        form = {k: v[0] for k, v in urllib.parse.parse_qs(self.rfile.read(size).decode()).items()}
        if self.path == "/identificarse":
            return self.log_in(form)
        profile = self.profile()
        if not profile:
            return self.answer(401, "Identificarse en el Portal con Usuario y Contraseña")
        actions = {
            "/perfil/formulario": self.fill_in,
            "/perfil/asignar": self.assign,
            "/perfil/cambiar": self.change,
            "/perfil/eliminar": self.remove,
        }
        return actions[self.path](profile, form) if self.path in actions else self.answer(404, "No existe")

    def log_in(self, form):
        profile = PROFILES.get(form.get("usuario"))
        if not profile or profile.password != form.get("clave"):
            return self.answer(401, "Usuario o contraseña incorrectos")
        cookie = secrets.token_hex(16)
        SESSIONS[cookie] = profile
        return self.answer(200, "Bienvenida", cookie)

    def enter_by_certificate(self):
        seen = self.fingerprint()
        for name, profile in PROFILES.items():
            if seen and profile.certificate == seen:
                return self.answer(200, f"Bienvenida, {name}")
        return self.answer(403, "Su certificado no está asociado a ningún perfil")

    def fill_in(self, profile, form):
        profile.form = form.get("texto", "")
        return self.answer(200, "Guardado en esta página")

    def take(self, profile):
        seen = self.fingerprint()
        if not seen:
            return self.answer(400, "No se ha presentado ningún certificado")
        profile.certificate = seen
        profile.form = ""
        return self.answer(200, "Certificado asociado a su perfil")

    def assign(self, profile, _form):
        return self.answer(409, ASSIGNED) if profile.certificate else self.take(profile)

    def change(self, profile, _form):
        return self.take(profile) if profile.certificate else self.answer(409, NONE)

    def remove(self, profile, form):
        if form.get("confirmar") != "si":
            return self.answer(200, CONFIRM)
        profile.certificate = None
        return self.answer(200, NONE)


def main(certificate, key, authorities, port_file):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(authorities)
    context.verify_mode = ssl.CERT_OPTIONAL
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with open(port_file + ".new", "w", encoding="ascii") as out:
        out.write(str(server.server_address[1]))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
