#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Makes the kit of sample sticks of the kiosk's practice mode: a folder a stick, as people bring them, good and broken.
#
#   kit.sh DIRECTORY
#
# Every password is "Practica-2026". A kit that is complete is left as it is.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
kit=$1
passphrase=Practica-2026
[ ! -e "$kit/complete" ] || exit 0
rm -rf "$kit"
mkdir -p "$kit"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM HUP

backup() { # VARIANT
    printf '%s\n' "$passphrase" | sh "$here/backup.sh" "$work/$1" "$1" >/dev/null
}
stick() { # NAME LABEL
    mkdir -p "$kit/$1"
    printf 'label = "%s"\nfile_system = "vfat"\nsize = 8004304896\ndrive_name = "Kingston DataTraveler"\n' "$2" >"$kit/$1.toml"
}

backup rsa
backup ec
backup expired

stick good "LUCIA"
cp "$work/rsa/backup.p12" "$kit/good/copia certificado.p12"

stick cer "USB DE LUCIA"
openssl x509 -in "$work/rsa/certificate.pem" -outform DER -out "$kit/cer/MUESTRA_PRACTICA_LUCIA.cer"

stick two "TRABAJO"
mkdir "$kit/two/certificados"
cp "$work/ec/backup.p12" "$kit/two/certificados/nuevo.p12"
cp "$work/rsa/backup.p12" "$kit/two/certificados/fnmt.pfx"
touch -d '2 years ago' "$kit/two/certificados/fnmt.pfx"

stick cut "LUCIA"
head -c 2000 "$work/rsa/backup.p12" >"$kit/cut/copia.p12"

stick expired "LUCIA"
cp "$work/expired/backup.p12" "$kit/expired/copia_fnmt.p12"

stick empty "SIN TITULO"
printf 'Lista de la compra\n' >"$kit/empty/notas.txt"

touch "$kit/complete"
