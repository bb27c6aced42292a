#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# OpenSC, which knows version 0 alone, reads what we loaded onto a version 1 and signs with its RSA key. Run inside
# `acredita practice --card isoapplet:version=1`; on a blank card we prepare it first.
. "$(dirname "$0")/lib.sh"
opensc=$(find /usr/lib -name opensc-pkcs11.so | head -n 1)
if [ -z "$opensc" ]; then
    echo "SKIPPED: OpenSC is not there"
    exit 77
fi
make_backup rsa2048
ours() { pkcs11-tool --module "$ACREDITA_MODULE" "$@"; }
theirs() { pkcs11-tool --module "$opensc" "$@"; }
if [ "${1:-}" = blank ]; then
    check "we prepare the card" ours --init-token --so-pin 1234567890123456 --label Oficina
    check "and give it its first PIN" ours --login --login-type so --so-pin 1234567890123456 --init-pin --new-pin 123456
fi
check "we load a backup" issue backup.p12
shows "OpenSC finds the directory" "Acredita practice|IsoApplet" pkcs15-tool -D
shows "OpenSC lists the certificate" "PRUEBA ANA" theirs --login --pin 123456 -O
id=$(openssl rsa -in key.pem -noout -modulus 2>/dev/null | sed 's/Modulus=//' | python3 -c 'import hashlib,sys; print(hashlib.sha1(bytes.fromhex(sys.stdin.read().strip())).hexdigest())')
check "OpenSC signs with the key" theirs --login --pin 123456 --sign -m SHA256-RSA-PKCS --id "$id" -i text -o signature
check "and openssl verifies that" openssl dgst -sha256 -verify public.pem -signature signature text

# As two programs do it that know nothing of each other.
make_backup rsa2048
openssl rsa -in key.pem -traditional -outform DER -out lone.der 2>/dev/null
openssl x509 -in cert.pem -outform DER -out cert.der
lone=$(openssl rsa -in key.pem -noout -modulus 2>/dev/null | sed 's/Modulus=//' | python3 -c 'import hashlib,sys; print(hashlib.sha1(bytes.fromhex(sys.stdin.read().strip())).hexdigest())')
check "we store a key alone" ours --login --pin 123456 --write-object lone.der --type privkey
shows "OpenSC lists it" "$lone" theirs --login --pin 123456 -O --type privkey
check "its certificate comes later" ours --login --pin 123456 --write-object cert.der --type cert
shows "and OpenSC lists it beside the key" "$lone" theirs -O --type cert
check "OpenSC signs with it" theirs --login --pin 123456 --sign -m SHA256-RSA-PKCS --id "$lone" -i text -o signature
check "and openssl verifies that" openssl dgst -sha256 -verify public.pem -signature signature text
check "and so do we" ours --login --pin 123456 --sign -m SHA256-RSA-PKCS --id "$lone" -i text -o signature
check "and openssl verifies that" openssl dgst -sha256 -verify public.pem -signature signature text
finish
