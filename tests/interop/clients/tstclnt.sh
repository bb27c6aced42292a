# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: tstclnt (NSS)
# packages: libnss3-tools openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
database
printf 'GET / HTTP/1.0\r\n\r\n' >request
for version in 1.3 1.2; do
    gnutls_server "NORMAL:-VERS-ALL:+VERS-TLS$version"
    row "speaks TLS $version" sh -c "tstclnt -4 -h localhost -p 4433 -d sql:db -n '$NICK' -W pin \
        -A request -V tls$version:tls$version"
    shows "the server saw the certificate" "$SUBJECT" server.log
    pins 1
    stop "$server"
done
finish
