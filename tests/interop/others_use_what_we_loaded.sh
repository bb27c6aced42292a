#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A key that `acredita issue` put on the card is read and used by programs nobody here wrote. $1: kind of key.
. "$(dirname "$0")/lib.sh"
OPENSC=$(find /usr/lib -name opensc-pkcs11.so -path '*/opensc-pkcs11.so' | head -n 1)

make_backup "$1"
check "the backup is loaded and proven" issue backup.p12

shows "yubico-piv-tool reads the certificate's subject" 'EJEMPLO PRUEBA ANA' yubico-piv-tool -r "$READER" -a status
check "yubico-piv-tool reads the certificate back" yubico-piv-tool -v2 -r "$READER" -s 9a -a read-certificate -o read.pem
check "it is the one that was loaded" cmp cert.pem read.pem
check "piv-tool names the card" piv-tool --name
shows "opensc-pkcs11 lists the certificate" 'Certificate Object' pkcs11-tool --module "$OPENSC" -O
check "opensc reads the certificate" sh -c 'pkcs15-tool --read-certificate 01 | openssl x509 >opensc.pem && cmp cert.pem opensc.pem'

case $1 in
rsa*)
    check "opensc signs with the key" pkcs11-tool --module "$OPENSC" --login --pin 123456 --sign --id 01 \
        -m SHA256-RSA-PKCS -i text -o signature
    check "openssl accepts the signature" openssl dgst -sha256 -verify public.pem -signature signature text
    ;;
p*)
    # OpenSC 0.23 offers no ECDSA on every PIV card; Yubico's own client does.
    check "yubico-piv-tool signs with the key" yubico-piv-tool -r "$READER" -a verify-pin -P 123456 --sign -s 9a \
        -A "$([ "$1" = p256 ] && echo ECCP256 || echo ECCP384)" -H "$([ "$1" = p256 ] && echo SHA256 || echo SHA384)" -i text -o signature
    check "openssl accepts the signature" openssl dgst "$([ "$1" = p256 ] && echo -sha256 || echo -sha384)" \
        -verify public.pem -signature signature text
    ;;
esac
finish
