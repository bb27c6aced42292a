# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: OpenVPN
# packages: openvpn
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
row "lists the card's certificate" openvpn --show-pkcs11-ids "$M"
serialized=$(sed -n 's/^ *Serialized id: *//p' out.txt)
check "under an id of its own" [ -n "$serialized" ]
pins 0
serve server.log openvpn --dev null --tls-server --dh none --local 127.0.0.1 --port 1194 --proto udp --verb 3 \
    --ca "$CARD/chain.pem" --cert "$SERVER/server.pem" --key "$SERVER/server.key" --remote-cert-tls client
wait_for "the server listens" sh -c "ss -Hlun | grep -q ':1194 '"
row "opens a tunnel and ends when told" /usr/bin/python3 "$CLIENTS/openvpn.py" "$PIN" \
    openvpn --dev null --tls-client --remote 127.0.0.1 1194 udp --nobind --ca "$SERVER/server-ca.pem" --remote-cert-tls server \
    --verb 3 --pkcs11-providers "$M" --pkcs11-id "$serialized"
shows "the PIN was asked for once" '^asked 1 time' out.txt
shows "the server saw the certificate" 'VERIFY OK: depth=0.*00000000T' server.log
shows "and finished the handshake" 'Initialization Sequence Completed' server.log
pins 1
finish
