# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Signs a file twice through PyKCS11: pykcs11.py MODULE ID PIN FILE OUT writes OUT1 and OUT2 (ECDSA as OpenSSL has it)."""
import hashlib
import sys

import PyKCS11
from PyKCS11 import CKA_CLASS, CKA_ID, CKA_KEY_TYPE, CKK_EC, CKO_PRIVATE_KEY


def der(signature):
    """SEQUENCE { r INTEGER, s INTEGER } of r and s side by side (SEC 1, C.5)."""
    half = len(signature) // 2
    body = b""
    for number in (signature[:half], signature[half:]):
        value = int.from_bytes(number, "big")
        octets = value.to_bytes(value.bit_length() // 8 + 1, "big")
        body += bytes([2, len(octets)]) + octets
    return bytes([0x30, len(body)]) + body


def main():
    module, key_id, pin, name, out = sys.argv[1:]
    lib = PyKCS11.PyKCS11Lib()
    lib.load(module)
    slot = lib.getSlotList(tokenPresent=True)[0]
    session = lib.openSession(slot, PyKCS11.CKF_SERIAL_SESSION | PyKCS11.CKF_RW_SESSION)
    session.login(pin)
    wanted = [(CKA_CLASS, CKO_PRIVATE_KEY), (CKA_ID, tuple(bytes.fromhex(key_id)))]
    (key,) = session.findObjects(wanted)
    with open(name, "rb") as file:
        data = file.read()
    elliptic = session.getAttributeValue(key, [CKA_KEY_TYPE]) == [CKK_EC]
    for n in ("1", "2"):
        if elliptic:
            signature = der(bytes(session.sign(key, hashlib.sha256(data).digest(), PyKCS11.Mechanism(PyKCS11.CKM_ECDSA))))
        else:
            signature = bytes(session.sign(key, data, PyKCS11.Mechanism(PyKCS11.CKM_SHA256_RSA_PKCS)))
        with open(out + n, "wb") as file:
            file.write(signature)
    session.logout()
    session.closeSession()


main()
