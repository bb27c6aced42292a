# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: cmsutil (NSS)
# packages: libnss3-tools openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
database
row "signs a CMS message" cmsutil -S -d sql:db -N "$NICK" -f pin -i text -o message.p7 -H SHA256
check "openssl accepts the message" openssl cms -verify -inform DER -in message.p7 -CAfile "$CARD/chain.pem" -out read -binary
check "it is what was signed" cmp read text
pins 1
finish
