# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: gpgsm (gnupg-pkcs11-scd)
# packages: gnupg-pkcs11-scd gpgsm gpg-agent openssl
# keys: rsa2048
. "$CLIENTS/lib.sh"
mkdir -m 700 .gnupg
cat >pinentry <<'END'
#!/bin/sh
# The part of Assuan a pinentry must speak.
echo 'OK here'
while read -r word rest; do
    case $word in
    GETPIN) echo asked >>asked; echo "D $(cat pin)"; echo OK ;;
    BYE) echo OK; exit 0 ;;
    *) echo OK ;;
    esac
done
END
sed -i "2i cd '$dir'" pinentry
chmod 700 pinentry
cat >.gnupg/gpg-agent.conf <<END
scdaemon-program /usr/bin/gnupg-pkcs11-scd
pinentry-program $dir/pinentry
END
cat >.gnupg/gnupg-pkcs11-scd.conf <<END
providers card
provider-card-library $M
END
printf 'disable-crl-checks\n' >.gnupg/gpgsm.conf
openssl x509 -in "$CARD/root.pem" -noout -fingerprint -sha1 | sed 's/.*=//; s/$/ S relax/' >.gnupg/trustlist.txt
gpgsm --batch --quiet --import "$CARD/root.pem" "$CARD/issuer.pem" 2>import.log
row "learns the card" gpgsm --batch --learn-card
row "lists the certificate whose key is on the card" gpgsm --batch --list-secret-keys
shows "it is there" '00000000T' out.txt
pins 0
fingerprint=$(openssl x509 -in "$CARD/certificate.pem" -noout -fingerprint -sha1 | sed 's/.*=//; s/://g')
row "signs" gpgsm --batch --yes --local-user "$fingerprint" --output message.p7 --sign text
row "finds its signature good" gpgsm --batch --verify message.p7
# gpgsm 2.2 puts a zero before a signature whose first bit is set; gpgsm overlooks it, openssl does not. What is signed
# decides which bit that is, so of a few messages one is as the standard wants it.
accepted() { openssl cms -verify -inform DER -in message.p7 -CAfile "$CARD/chain.pem" -binary -out read; }
turn=1
until accepted 2>openssl.log; do
    grep -q 'wrong signature length' openssl.log && [ $((turn += 1)) -le 20 ] || fail "openssl accepts no message"
    echo "$turn" >>text
    gpgsm --batch --yes --local-user "$fingerprint" --output message.p7 --sign text 2>sign.log
done
check "openssl accepts message $turn" cmp read text
check "the PIN was asked for once" [ "$(cat asked)" = asked ]
pins 1
row "lets go of the card" gpgconf --kill all
finish
