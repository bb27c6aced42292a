#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A key that yubico-piv-tool put on the card is listed and used by our module. $1: kind of key.
. "$(dirname "$0")/lib.sh"

make_backup "$1"
key="${ADMIN_KEY:-010203040506070801020304050607080102030405060708}"
check "yubico-piv-tool imports the key" yubico-piv-tool -r "$READER" -k"$key" -s 9a -a import-key -i key.pem
check "yubico-piv-tool imports the certificate" yubico-piv-tool -r "$READER" -k"$key" -s 9a -a import-certificate -i cert.pem

shows "our module lists the certificate" 'EJEMPLO PRUEBA ANA' pkcs11-tool --module "$ACREDITA_MODULE" -O
id=$(pkcs11-tool --module "$ACREDITA_MODULE" -O --type cert | sed -n 's/^ *ID: *//p' | head -n 1)
check "the certificate is the one that was imported" sh -c "
    pkcs11-tool --module '$ACREDITA_MODULE' --read-object --type cert --id $id -o ours.der &&
    openssl x509 -inform DER -in ours.der | cmp - cert.pem"
case $1 in
rsa*)
    check "our module signs with the key" pkcs11-tool --module "$ACREDITA_MODULE" --login --pin 123456 --sign \
        --id "$id" -m SHA256-RSA-PKCS -i text -o signature
    check "openssl accepts the signature" openssl dgst -sha256 -verify public.pem -signature signature text
    check "our module signs with PSS" pkcs11-tool --module "$ACREDITA_MODULE" --login --pin 123456 --sign \
        --id "$id" -m SHA256-RSA-PKCS-PSS -i text -o signature
    check "openssl accepts the PSS signature" openssl dgst -sha256 -verify public.pem \
        -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -signature signature text
    openssl pkeyutl -encrypt -pubin -inkey public.pem -in text -out secret
    check "our module decrypts" pkcs11-tool --module "$ACREDITA_MODULE" --login --pin 123456 --decrypt \
        --id "$id" -m RSA-PKCS -i secret -o plain
    check "what it decrypts is what was encrypted" cmp text plain
    ;;
p*)
    hash=$([ "$1" = p256 ] && echo sha256 || echo sha384)
    check "our module signs with the key" pkcs11-tool --module "$ACREDITA_MODULE" --login --pin 123456 --sign \
        --id "$id" -m "ECDSA-$(echo $hash | tr a-z A-Z)" --signature-format openssl -i text -o signature
    check "openssl accepts the signature" openssl dgst "-$hash" -verify public.pem -signature signature text
    ;;
esac
finish
