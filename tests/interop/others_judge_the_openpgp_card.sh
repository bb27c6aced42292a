#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The practice OpenPGP card before any of our own code meets it: GnuPG and OpenSC make, bring in and use keys on it,
# and find what the document says. KIND: rsa2048 or p256; FIRMWARE
# as the card was made.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/gnupg.sh"
kind=$1
case $kind in rsa*) curve=$kind attribute='1\n2048\n' ;; *) curve=nistp256 attribute='2\n3\n' ;; esac

shows "gpg finds the application" "^Version .*: [23]\." gnupg --card-status
shows "gpg finds no key on a new card" "Signature key ....: \[none\]" gnupg --card-status
gpgconf --kill all # it holds the card alone
shows "openpgp-tool reads who made it" "^Version:" openpgp-tool -C

[ "$kind" = rsa2048 ] ||
    shows "gpg changes the algorithms" "GOT_IT" answering "admin\nkey-attr\n$attribute$attribute${attribute}quit\n" --card-edit
shows "gpg makes three keys on the card" "KEY_CREATED B" \
    answering "admin\ngenerate\nn\n0\nEJEMPLO ANA\nana@example.org\n\nquit\n" --card-edit
shows "gpg finds the three keys" "General key info.*ana@example.org" gnupg --card-status
echo "the text" >text
check "gpg signs with the card" gnupg --sign --output text.gpg text
check "and verifies it" gnupg --verify text.gpg
check "gpg encrypts to the card" gnupg --trust-model always --encrypt --recipient ana@example.org --output text.enc text
shows "and the card decrypts" "^the text" gnupg --decrypt text.enc

check "gpg makes a key of its own" gnupg --batch --passphrase '' --quick-gen-key 'EJEMPLO BEA <bea@example.org>' "$curve" sign
shows "gpg moves it onto the card" "KEYTOCARD|GOT_IT" \
    answering 'keytocard\ny\n1\ny\nsave\n' --edit-key bea@example.org
shows "the card has it" "General key info.*bea@example.org" gnupg --card-status
check "gpg signs with the key that came" gnupg --local-user bea@example.org --sign --output other.gpg text
check "and verifies that" gnupg --verify other.gpg

gpgconf --kill all
# OpenSC 0.23 gives a card up that knows no SELECT DATA, which came with version 3.
if [ "$2" != gnuk ]; then
    shows "OpenSC finds three keys" "Authentication key" pkcs15-tool --list-keys
    openssl dgst -sha256 -binary text >digest
    case $kind in
    rsa*)
        check "OpenSC signs with the card" pkcs11-tool --module opensc-pkcs11.so --login --login-type user --pin 123456 \
            --token-label 'OpenPGP card (User PIN)' --id 03 --sign --mechanism SHA256-RSA-PKCS --input-file text --output-file signature
        ;;
    *)
        check "OpenSC signs with the card" pkcs15-crypt --sign --key 3 --pin 123456 --input digest --output signature --raw
        ;;
    esac
fi
shows "a wrong PIN is refused" "SW1=0x63, SW2=0xC2|SW1=0x69, SW2=0x82" \
    opensc-tool --send-apdu 00:A4:04:00:06:D2:76:00:01:24:01 --send-apdu 00:20:00:81:06:36:35:34:33:32:31
shows "and two tries are left" "^PIN retry counter : 2 0 3" gnupg --card-status
echo 234567 >"$HOME/new-pin"
check "gpg changes the PIN" answering 'passwd\nquit\n' --card-edit
echo 234567 >"$HOME/pin-now"
check "and signs with the new one" gnupg --local-user bea@example.org --sign --output again.gpg text
finish
