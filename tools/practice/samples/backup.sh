#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Makes a practice backup: a key and a certificate in the shape of a Spanish citizen's, of a person who does not exist,
# with the chain of an authority that does not exist, in a .p12 written by NSS as Firefox would write it.
#
#   backup.sh DIRECTORY [VARIANT] < PASSPHRASE
#
# VARIANT: rsa (default), rsa1024, rsa3072, rsa4096, ec, p384, expired, nokey. The first line of standard input is the
# passphrase. Written to DIRECTORY: backup.p12 certificate.pem issuer.pem root.pem, and passphrase (mode 600).
set -eu
umask 077
directory=${1:?the directory to write to}
variant=${2:-rsa}
mkdir -p "$directory"
IFS= read -r passphrase || [ -n "$passphrase" ]
printf '%s\n' "$passphrase" > "$directory/passphrase"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM HUP

case $variant in
    rsa|expired|nokey) key='RSA -pkeyopt rsa_keygen_bits:2048' ;;
    rsa[1-4]*) key="RSA -pkeyopt rsa_keygen_bits:${variant#rsa}" ;;
    ec) key='EC -pkeyopt ec_paramgen_curve:P-256' ;;
    p384) key='EC -pkeyopt ec_paramgen_curve:P-384' ;;
    *) echo "backup.sh: unknown variant $variant" >&2; exit 2 ;;
esac

# Four years, as the real ones; the expired one ended the day before yesterday.
starts=$(date -u -d yesterday +%Y%m%d000000Z)
ends=$(date -u -d 'yesterday + 4 years' +%Y%m%d000000Z)
if [ "$variant" = expired ]; then
    starts=$(date -u -d '4 years ago' +%Y%m%d000000Z)
    ends=$(date -u -d '2 days ago' +%Y%m%d000000Z)
fi

sed "s|@WORK@|$work|" "$(dirname "$0")/authority.conf" > "$work/authority.conf"
export OPENSSL_CONF="$work/authority.conf"
: > "$work/index"
echo unique_subject=no > "$work/index.attr"

new_key() { # FILE ALGORITHM...
    file=$1; shift
    openssl genpkey -quiet -algorithm "$@" -out "$file" 2>/dev/null || openssl genpkey -algorithm "$@" -out "$file" 2>/dev/null
}

sign() { # EXTENSIONS SUBJECT ISSUER NAME
    openssl req -new -utf8 -key "$work/$4.key" -subj "$2" -out "$work/$4.req"
    set -- "$1" "$2" "$3" "$4" -keyfile "$work/$3.key"
    if [ "$3" = "$4" ]; then set -- "$@" -selfsign; else set -- "$@" -cert "$work/$3.pem"; fi
    extensions=$1 name=$4; shift 4
    openssl ca -batch -notext -rand_serial -utf8 -md sha256 -startdate "$starts" -enddate "$ends" \
        -extensions "$extensions" "$@" -in "$work/$name.req" -out "$work/$name.pem" 2>"$work/log" ||
        { cat "$work/log" >&2; exit 1; }
}

new_key "$work/root.key" RSA -pkeyopt rsa_keygen_bits:2048
new_key "$work/issuer.key" RSA -pkeyopt rsa_keygen_bits:2048
# shellcheck disable=SC2086 # the words are meant to be split
new_key "$work/citizen.key" $key
sign root '/C=ES/O=ACREDITA PRACTICAS/OU=AC RAIZ PRACTICAS' root root
sign issuer '/C=ES/O=ACREDITA PRACTICAS/OU=Ceres de pruebas/CN=AC PRACTICAS Usuarios' root issuer
sign citizen '/C=ES/serialNumber=IDCES-00000000T/GN=LUCÍA/SN=MUESTRA PRÁCTICA/CN=MUESTRA PRÁCTICA LUCÍA - 00000000T' issuer citizen

cp "$work/root.pem" "$work/issuer.pem" "$directory"
cp "$work/citizen.pem" "$directory/certificate.pem"
cat "$work/issuer.pem" "$work/root.pem" > "$work/chain.pem"
if [ "$variant" = nokey ]; then
    openssl pkcs12 -export -nokeys -in "$work/citizen.pem" -certfile "$work/chain.pem" \
        -passout "file:$directory/passphrase" -out "$directory/backup.p12"
    exit 0
fi

# NSS takes the key over from a file of OpenSSL's and writes the backup itself.
printf 'between\n' > "$work/between"
: > "$work/nothing"
openssl pkcs12 -export -inkey "$work/citizen.key" -in "$work/citizen.pem" -certfile "$work/chain.pem" \
    -name 'MUESTRA PRÁCTICA LUCÍA - 00000000T' -passout "file:$work/between" -out "$work/between.p12"
mkdir "$work/db"
certutil -N -d "sql:$work/db" --empty-password
pk12util -i "$work/between.p12" -d "sql:$work/db" -w "$work/between" -k "$work/nothing" > "$work/log" 2>&1 ||
    { cat "$work/log" >&2; exit 1; }
pk12util -o "$directory/backup.p12" -n 'MUESTRA PRÁCTICA LUCÍA - 00000000T' -d "sql:$work/db" \
    -w "$directory/passphrase" -k "$work/nothing" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
