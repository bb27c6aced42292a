#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Compares the authorities in this folder with what FNMT-RCM publishes. Needs curl, openssl and the network.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for pair in ac-fnmt-usuarios:ACUSU ac-sector-publico:ACSP; do
    ours=${pair%%:*}.pem
    address=http://www.cert.fnmt.es/certs/${pair##*:}.crt
    curl --fail --silent --show-error --max-time 30 --output "$work/there" "$address"
    openssl x509 -in "$work/there" -out "$work/there.pem" 2>/dev/null ||
        openssl x509 -inform DER -in "$work/there" -out "$work/there.pem"
    openssl verify -CAfile ac-raiz-fnmt-rcm.pem "$work/there.pem" >/dev/null ||
        { echo "$address: not signed by the root"; continue; }
    if [ "$(openssl x509 -in "$ours" -noout -fingerprint -sha256)" = "$(openssl x509 -in "$work/there.pem" -noout -fingerprint -sha256)" ]; then
        echo "$ours: as published"
    else
        echo "$ours: differs from $address; look at both, then: cp FILE $(pwd)/$ours"
    fi
done
