#!/usr/bin/env python3
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""One RSA signature among many: median milliseconds by the clock, and milliseconds of this process's own processor time,
which is what the module and PC/SC's library cost without the card: signatures.py MODULE COUNT."""

import statistics
import sys
import time

import PyKCS11

library = PyKCS11.PyKCS11Lib()
library.load(sys.argv[1])
session = library.openSession(library.getSlotList(tokenPresent=True)[0])
session.login("123456")
key = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY), (PyKCS11.CKA_KEY_TYPE, PyKCS11.CKK_RSA)])[0]
mechanism = PyKCS11.Mechanism(PyKCS11.CKM_SHA256_RSA_PKCS)
times = []
processor = time.process_time()
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    session.sign(key, b"x" * 32, mechanism)
    times.append((time.perf_counter() - start) * 1000)
print(statistics.median(times), (time.process_time() - processor) * 1000 / len(times))
