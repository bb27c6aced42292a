# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: curl (libp11 engine)
# packages: curl libengine-pkcs11-openssl gnutls-bin
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/engine.sh"
for version in 1.3 1.2; do
    gnutls_server "NORMAL:-VERS-ALL:+VERS-TLS$version"
    row "fetches a page over TLS $version" curl -sS --fail --engine pkcs11 --key-type ENG --key "$URI;type=private;pin-value=$PIN" \
        --cert-type ENG --cert "$URI;type=cert" --cacert "$SERVER/server-ca.pem" --tls-max "$version" https://localhost:4433/
    shows "the page came" '</HTML>' out.txt
    shows "the server saw the certificate" "$SUBJECT" server.log
    pins 1
    stop "$server"
done
finish
