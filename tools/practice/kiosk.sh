#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The kiosk in practice mode: virtual cards, and a folder that plays the sticks. Without a display nothing can be shown.
#
#   kiosk.sh BUILD DIRECTORY [KIOSK ARGUMENTS...]
#
# The cards, by number, are those of the exercises (tools/kiosk/controller/practice.cpp): one in service, one as its
# factory delivered it, one that can never be used, one with a single try left, one that is blocked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$1
directory=$2
shift 2
mkdir -p "$directory/sticks"
rm -rf "$directory/sticks"/* "$directory/kit.d"
sh "$here/samples/kit.sh" "$directory/kit"
# What an exercise moves is a copy; the kit stays whole.
cp -Rp "$directory/kit" "$directory/kit.d"
mv "$directory/kit.d"/*.toml "$directory/sticks"

ACREDITA_PRACTICE_KIT=$directory/kit.d
ACREDITA_PRACTICE_STICKS=$directory/sticks
export ACREDITA_PRACTICE_KIT ACREDITA_PRACTICE_STICKS
reader="name=Lector de práctica,out"
exec "$build/tools/cli/acredita" practice ${ACREDITA_PRACTICE_LATENCY:+--latency "$ACREDITA_PRACTICE_LATENCY"} \
    --card "piv:pin=271828,puk=31415926,$reader" \
    --card "piv:$reader" \
    --card "foreign:make=wg10,$reader" \
    --card "piv:pin=271828,puk=31415926,left=1,$reader" \
    --card "piv:pin=271828,puk=31415926,left=0,$reader" \
    -- "$build/tools/kiosk/acredita-kiosk" "$@"
