#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The main job with no hardware: installs what is missing, builds, and lets a virtual card be loaded, proven and used.
#
#   sh tools/try.sh               with a sample backup, written by NSS's pk12util
#   sh tools/try.sh BACKUP.p12    with a backup of your own (its password is asked for)
#   sh tools/try.sh --kiosk       in a window, as operators and holders see it, with exercises; wants a display
#
# What it makes lies in build/try afterwards; a system pcscd is neither needed nor touched.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
kiosk=""
case ${1:-} in
--kiosk)
    kiosk=yes
    shift
    ;;
-*)
    echo "usage: sh tools/try.sh [BACKUP.p12 | --kiosk]" >&2
    exit 2
    ;;
esac
backup=""
if [ $# -gt 0 ]; then
    backup=$(realpath -e -- "$1") || exit 2
fi
cd "$here"

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
es*) say() { echo "── $2"; } ;;
*) say() { echo "── $1"; } ;;
esac

if [ -n "$kiosk" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "The kiosk needs a display." "El puesto necesita una pantalla." >&2
    exit 1
fi
# shellcheck disable=SC2086 # one word or none
sh tools/packages.sh build ${kiosk:+kiosk}

log=build/dev.log
mkdir -p build
if [ ! -x build/dev/tools/cli/acredita ]; then
    say "Building (once; a few minutes)" "Compilando (solo la primera vez; unos minutos)"
fi
if ! { [ -f build/dev/build.ninja ] || cmake --preset dev; } >"$log" 2>&1 ||
    ! cmake --build build/dev --target practice_mode ${kiosk:+acredita-kiosk} >>"$log" 2>&1; then
    tail -n 40 "$log" >&2
    exit 1
fi
[ -z "$kiosk" ] || exec sh tools/practice/kiosk.sh "$here/build/dev" "$here/build/try-kiosk"

rm -rf build/try
mkdir -p build/try
exec build/dev/tools/cli/acredita practice --card piv --transcript build/try/exchanges.txt -- \
    sh tools/practice/main-job.sh "$here/build/dev" "$here/build/try" "$backup"
