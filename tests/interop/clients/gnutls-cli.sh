# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: gnutls-cli
# packages: gnutls-bin openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
GNUTLS_PIN=$PIN
export GNUTLS_PIN
for version in 1.3 1.2; do
    openssl_server "-tls1_${version#1.}"
    row "speaks TLS $version" sh -c "printf 'GET / HTTP/1.0\r\n\r\n' | gnutls-cli --provider '$M' --port 4433 localhost \
        --x509cafile '$SERVER/server-ca.pem' --x509certfile '$URI;type=cert' --x509keyfile '$URI;type=private' \
        --priority 'NORMAL:-VERS-ALL:+VERS-TLS$version'"
    shows "the server saw the certificate" "Subject:.*$SUBJECT|$SUBJECT" out.txt
    pins 1
    stop "$server"
done
finish
