# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Has a running LibreOffice export a document as a PDF signed with the card: libreoffice.py LABEL PIN FILE. The PIN is
typed into its window, as a person does."""
import os
import subprocess
import sys
import threading
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + 90
    while True:
        try:
            return resolver.resolve("uno:pipe,name=card;urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


class Typist(threading.Thread):
    """Types the PIN into each window that asks for one, once."""

    def __init__(self, pin):
        super().__init__(daemon=True)
        self.pin, self.typed = pin, 0

    def run(self):
        before = set()
        while True:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True)
            for window in found.stdout.split():
                name = subprocess.run(["xdotool", "getwindowname", window], capture_output=True, text=True).stdout.strip()
                if window not in before:
                    before.add(window)
                    print("window:", name, flush=True)
                    if "assword" in name:
                        time.sleep(1)
                        subprocess.run(["xdotool", "windowfocus", window, "type", self.pin], check=False)
                        subprocess.run(["xdotool", "key", "Return"], check=False)
                        self.typed += 1
            time.sleep(0.3)


def value(name, content):
    return PropertyValue(Name=name, Value=content)


def main():
    label, pin, path = sys.argv[1:]
    context = connect()
    make = lambda name: context.ServiceManager.createInstanceWithContext(name, context)
    typist = Typist(pin)
    typist.start()
    certificates = make("com.sun.star.xml.crypto.SEInitializer").createSecurityContext("") \
        .getSecurityEnvironment().getPersonalCertificates()
    print(len(certificates), "certificates:", [c.SubjectName for c in certificates], flush=True)
    (certificate,) = [c for c in certificates if "00000000T" in c.SubjectName]
    desktop = make("com.sun.star.frame.Desktop")
    document = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (value("Hidden", True),))
    document.Text.String = "Se firma con la tarjeta."
    data = uno.Any("[]com.sun.star.beans.PropertyValue", (
        value("SignPDF", True), value("SignatureCertificate", certificate), value("SignaturePassword", pin)))
    document.storeToURL(uno.systemPathToFileUrl(os.path.abspath(path)),
                        (value("FilterName", "writer_pdf_Export"), value("FilterData", data)))
    document.close(True)
    print("typed %d time(s)" % typist.typed, flush=True)
    try:
        desktop.terminate()
    finally:
        os._exit(0)  # PyUNO may crash when it is torn down after its office has gone


main()
