#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What `acredita issue` put on an OpenPGP card signs a letter, and is read and used by GnuPG and OpenSC. $1: kind of
# key, $2: whose card.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/gnupg.sh"
OPENSC=$(find /usr/lib -name opensc-pkcs11.so -path '*/opensc-pkcs11.so' | head -n 1)

make_backup "$1"
check "the backup is loaded and proven" issue backup.p12
"$(dirname "$ACREDITA")/../practice/acredita-sample-letter" letter.pdf
check "a letter is signed" sh -c '"$ACREDITA" letter sign letter.pdf signed.pdf --pin-fd 8 8<pin'
check "and verified" "$ACREDITA" letter verify signed.pdf --ca cert.pem

shows "gpg finds the key for authentication" "^Authentication key: [0-9A-F]{4} " gnupg --card-status
echo enable-ssh-support >>"$GNUPGHOME/gpg-agent.conf"
gpgconf --kill gpg-agent
gpg-connect-agent /bye
SSH_AUTH_SOCK=$(gpgconf --list-dirs agent-ssh-socket)
export SSH_AUTH_SOCK
# scdaemon, just started, may not have met the card yet.
check "gpg-agent offers it to ssh" sh -c \
    'for try in 1 2 3 4 5 6 7 8 9 10; do ssh-add -L >key.pub && grep -q cardno key.pub && exit; sleep 1; done; exit 1'
check "ssh signs with it" ssh-keygen -q -Y sign -n file -f key.pub text
check "and verifies it" sh -c 'ssh-keygen -q -Y check-novalidate -n file -s text.sig <text'
ssh-keygen -e -m PKCS8 -f key.pub >ssh.pem
check "it is the key of the backup" cmp public.pem ssh.pem
gpgconf --kill all

shows "openpgp-tool reads who made the card" "^Version:" openpgp-tool -C
if [ "$2" != gnuk ]; then # OpenSC 0.23 gives up cards without SELECT DATA
    check "OpenSC reads the certificate" sh -c \
        'pkcs15-tool --read-certificate 03 | openssl x509 >opensc.pem && cmp cert.pem opensc.pem'
    shows "opensc-pkcs11 lists the certificate" 'Certificate Object' pkcs11-tool --module "$OPENSC" --list-objects
    case $1 in
    rsa*)
        check "OpenSC signs with the key" pkcs11-tool --module "$OPENSC" --login --pin 123456 --sign --id 03 \
            --token-label 'OpenPGP card (User PIN)' --mechanism SHA256-RSA-PKCS --input-file text --output-file signature
        check "openssl accepts the signature" openssl dgst -sha256 -verify public.pem -signature signature text
        ;;
    esac
fi
finish
