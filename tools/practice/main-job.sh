#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The main job from end to end on the card of a practice reader; tools/try.sh starts it inside `acredita practice`.
#
#   main-job.sh BUILD DIRECTORY [BACKUP.p12]
#
# BUILD is where the programs were built. Without a backup a sample one is made, by openssl and NSS. The files it names
# at the end are in DIRECTORY.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
directory=$2
backup=${3:-}
acredita=$build/tools/cli/acredita
# What every practice card is delivered with; a card in service has neither.
practice_pin=123456

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
es*) spanish=yes ;;
*) spanish=no ;;
esac
say() { # ENGLISH SPANISH
    if [ $spanish = yes ]; then text=$2; else text=$1; fi
    printf '\n── %s\n' "$text"
}

printf '%s\n' "$practice_pin" >"$directory/.pin"
trap 'rm -f "$directory/.pin" "$directory/.passphrase"' EXIT INT TERM HUP
chmod 600 "$directory/.pin"

if [ -z "$backup" ]; then
    say "A sample backup, written by NSS's pk12util" "Una copia de ejemplo, escrita por pk12util de NSS"
    printf 'contraseña de la práctica\n' >"$directory/.passphrase"
    sh "$here/samples/backup.sh" "$directory/sample" <"$directory/.passphrase" >/dev/null
    backup=$directory/sample/backup.p12
    set -- --passphrase-fd 7
    root=$directory/sample/root.pem
else
    # The passphrase of a person's own backup is asked for at the terminal.
    : >"$directory/.passphrase"
    set --
    root=""
fi
"$acredita" p12 inspect "$backup" || [ $? -eq 2 ]

say "Loading it onto the card, and proving it" "Cargándola en la tarjeta y comprobándola"
"$acredita" issue "$backup" "$@" --pin-fd 8 --receipt "$directory/receipt.txt" --receipt "$directory/receipt.json" \
    7<"$directory/.passphrase" 8<"$directory/.pin"

say "Signing a sample letter with the key on the card" "Firmando una carta de ejemplo con la clave de la tarjeta"
"$build/tools/practice/acredita-sample-letter" "$directory/letter.pdf"
"$acredita" letter sign "$directory/letter.pdf" "$directory/letter-signed.pdf" \
    ${root:+--chain "$directory/sample/issuer.pem"} --pin-fd 8 8<"$directory/.pin"

say "Verifying the signed letter" "Verificando la carta firmada"
"$acredita" letter verify "$directory/letter-signed.pdf" ${root:+--ca "$root"}

say "Done. What you can look at:" "Hecho. Lo que puede mirar:"
for file in letter-signed.pdf receipt.txt receipt.json exchanges.txt; do
    echo "$directory/$file"
done
