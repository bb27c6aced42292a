#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# OpenSC prepares a blank IsoApplet (version 0), stores and makes keys on it; we read them, sign with them and add our own;
# OpenSC still reads everything and signs with what we added. Run inside `acredita practice --card isoapplet:version=0,blank`.
. "$(dirname "$0")/lib.sh"
opensc=$(find /usr/lib -name opensc-pkcs11.so | head -n 1)
if ! command -v pkcs15-init >/dev/null || [ -z "$opensc" ]; then
    echo "SKIPPED: OpenSC is not there"
    exit 77
fi
make_backup rsa2048
puk=1234567890123456
init() { pkcs15-init --auth-id FF --pin 123456 "$@"; }
theirs() { pkcs11-tool --module "$opensc" "$@"; }
ours() { pkcs11-tool --module "$ACREDITA_MODULE" "$@"; }
verify() { openssl dgst -sha256 -verify "$1" -signature signature text; }

shows "OpenSC takes the card for what it is" "IsoApplet" opensc-tool -n
check "pkcs15-init prepares the card" pkcs15-init --create-pkcs15 --so-pin 123456 --so-puk $puk
check "pkcs15-init stores key and certificate of a .p12" \
    init --store-private-key backup.p12 --format pkcs12 --passphrase 'contraseña 1' --id 45 --label theirs
check "pkcs15-init makes a key" init --generate-key rsa:2048 --id 46 --label made
shows "pkcs11-tool lists both" "made" theirs --login --pin 123456 -O

shows "we read the certificate it stored" "PRUEBA ANA" ours -O --type cert
check "we sign with the key it stored" \
    ours --login --pin 123456 --sign -m SHA256-RSA-PKCS --label "$(ours -O --type cert | sed -n 's/ *label: *//p' | head -n 1)" -i text -o signature
check "and openssl verifies that" verify public.pem

mv public.pem their_public.pem
make_backup rsa2048
check "we load a backup of our own beside it" issue backup.p12
shows "OpenSC lists our certificate" "PRUEBA ANA" theirs --login --pin 123456 -O
ours_id=$(openssl rsa -in key.pem -noout -modulus 2>/dev/null | sed 's/Modulus=//' | python3 -c 'import hashlib,sys; print(hashlib.sha1(bytes.fromhex(sys.stdin.read().strip())).hexdigest())')
check "OpenSC signs with our key" theirs --login --pin 123456 --sign -m SHA256-RSA-PKCS --id "$ours_id" -i text -o signature
check "and openssl verifies that" verify public.pem
check "OpenSC signs with its own as before" theirs --login --pin 123456 --sign -m SHA256-RSA-PKCS --id 45 -i text -o signature
check "and openssl verifies that" verify their_public.pem
check "pkcs15-init makes one more key beside ours" init --generate-key rsa:2048 --id 47 --label again
check "we still sign with ours" ours --login --pin 123456 --sign -m SHA256-RSA-PKCS --id "$ours_id" -i text -o signature
check "and openssl verifies that" verify public.pem
check "OpenSC changes the PIN" pkcs15-tool --change-pin --auth-id FF --pin 123456 --new-pin 654321
check "we log in with it" ours --login --pin 654321 -O
finish
