# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: stunnel
# packages: stunnel4 libengine-pkcs11-openssl openssl curl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/engine.sh"
openssl_server
cat >stunnel.conf <<END
foreground = yes
syslog = no
pid =
engine = pkcs11
engineCtrl = MODULE_PATH:$M
engineCtrl = PIN:$PIN
engineCtrl = INIT
[card]
client = yes
accept = 127.0.0.1:8080
connect = 127.0.0.1:4433
engineId = pkcs11
cert = $URI
key = $URI
CAfile = $SERVER/server-ca.pem
verifyChain = yes
END
serve stunnel.log stunnel stunnel.conf
listening 8080
for turn in 1 2 3; do
    check "a page comes through the tunnel ($turn)" curl -sS --fail --max-time 30 -o page.txt http://127.0.0.1:8080/
done
shows "the server saw the certificate" "$SUBJECT" page.txt
pins 1
ended "keeps a tunnel and ends when told" "$server" stunnel stunnel.conf
finish
