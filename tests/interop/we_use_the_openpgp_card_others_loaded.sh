#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Keys that gpg made on an OpenPGP card are listed and used by our module, and still gpg's afterwards. $1: kind of key.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/gnupg.sh"
make_backup "$1"
[ "$1" = rsa2048 ] ||
    answering 'admin\nkey-attr\n2\n3\n2\n3\n2\n3\nquit\n' --card-edit >attributes.txt 2>&1
shows "gpg makes three keys on the card" "KEY_CREATED B" \
    answering "admin\ngenerate\nn\n0\nEJEMPLO ANA\nana@example.org\n\nquit\n" --card-edit
gpgconf --kill all

ours() { pkcs11-tool --module "$ACREDITA_MODULE" "$@"; }
shows "our module lists the three keys" '^3$' sh -c "pkcs11-tool --module '$ACREDITA_MODULE' -O --type pubkey | grep -c 'Public Key Object'"
id_of() { ours -O --type pubkey | grep -A1 "label: *Key $1" | sed -n 's/^ *ID: *//p' | head -n 1; }
authentication=$(id_of 03)
decryption=$(id_of 02)
ours --read-object --type pubkey --id "$authentication" --output-file public.der
openssl pkey -pubin -inform DER -in public.der -out public.pem
case $1 in
rsa*)
    check "our module signs with the key for authentication" ours --login --pin 123456 --sign --id "$authentication" \
        --mechanism SHA256-RSA-PKCS --input-file text --output-file signature
    check "openssl accepts the signature" openssl dgst -sha256 -verify public.pem -signature signature text
    ours --read-object --type pubkey --id "$decryption" --output-file secret.der
    openssl pkeyutl -encrypt -pubin -keyform DER -inkey secret.der -in text -out secret
    check "our module decrypts with the key for decryption" ours --login --pin 123456 --decrypt --id "$decryption" \
        --mechanism RSA-PKCS --input-file secret --output-file plain
    check "what it decrypts is what was encrypted" cmp text plain
    ;;
*)
    check "our module signs with the key for authentication" ours --login --pin 123456 --sign --id "$authentication" \
        --mechanism ECDSA-SHA256 --signature-format openssl --input-file text --output-file signature
    check "openssl accepts the signature" openssl dgst -sha256 -verify public.pem -signature signature text
    ;;
esac
check "gpg still signs" gnupg --sign --output text.gpg text
finish
