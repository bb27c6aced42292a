#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What every client's test starts from, made once: a card with an RSA key and one with a P-256 key, loaded by
# `acredita issue` from a backup as Firefox writes it, and a server's certificate for localhost.
#
#   cards.sh DIRECTORY      with $ACREDITA set; replaces the directory
#
# Written: server.pem server.key server-ca.pem, and for each kind (rsa2048, p256) KIND/card KIND/certificate.pem
# KIND/public.pem KIND/issuer.pem KIND/root.pem KIND/chain.pem KIND/bundle.pem KIND/id KIND/label.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --inside ]; then
    directory=$2
    printf '123456\n' >"$directory/pin"
    "$ACREDITA" issue "$directory/backup.p12" --passphrase-fd 7 --pin-fd 8 --factory-admin-key \
        7<"$directory/passphrase" 8<"$directory/pin"
    pkcs11-tool --module "$ACREDITA_MODULE" -O --type cert >"$directory/listed"
    sed -n 's/^ *ID: *//p' "$directory/listed" >"$directory/id"
    sed -n 's/^ *label: *//p' "$directory/listed" >"$directory/label"
    exit 0
fi
directory=$1
rm -rf "$directory"
mkdir -p "$directory"
cd "$directory"

openssl req -x509 -newkey rsa:2048 -nodes -keyout server-ca.key -out server-ca.pem -days 30 -subj '/CN=Practice servers' \
    -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -new -newkey rsa:2048 -nodes -keyout server.key -out server.req -subj /CN=localhost 2>/dev/null
printf '%s\n' subjectAltName=DNS:localhost,IP:127.0.0.1 extendedKeyUsage=serverAuth \
    keyUsage=critical,digitalSignature,keyEncipherment >server.ext
openssl x509 -req -in server.req -CA server-ca.pem -CAkey server-ca.key -CAcreateserial -days 30 -extfile server.ext \
    -out server.pem 2>/dev/null

for kind in rsa2048 p256; do
    case $kind in rsa2048) variant=rsa ;; *) variant=ec ;; esac
    printf 'contraseña de la práctica\n' |
        sh "$here/../../tools/practice/samples/backup.sh" "$directory/$kind" "$variant" >"$kind.log"
    openssl x509 -in "$kind/certificate.pem" -pubkey -noout >"$kind/public.pem"
    cat "$kind/issuer.pem" "$kind/root.pem" >"$kind/chain.pem"
    cat "$kind/certificate.pem" "$kind/chain.pem" >"$kind/bundle.pem"
    HOME=$directory "$ACREDITA" practice --card piv:firmware=5.4 --state "$directory/$kind/card" -- \
        sh "$here/cards.sh" --inside "$directory/$kind" >>"$kind.log" 2>&1 || { cat "$kind.log"; exit 1; }
done
