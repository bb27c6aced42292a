# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: certutil (NSS)
# packages: libnss3-tools
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
database
row "lists the certificates without a PIN" certutil -L -d sql:db -h "$TOKEN"
shows "as one whose key is there" "$SUBJECT.* u,u,u" out.txt
pins 0
row "holds the certificate good for a TLS client" certutil -V -d sql:db -n "$NICK" -u C -f pin
row "exports the certificate" sh -c "certutil -L -d sql:db -n '$NICK' -a -f pin >exported.pem"
check "it is the one that was loaded" sh -c "openssl x509 -in exported.pem | cmp - $CARD/certificate.pem"
pins_new
row "lists the private keys" certutil -K -d sql:db -h "$TOKEN" -f pin
shows "the card's among them" "$SUBJECT" out.txt
pins 1
finish
