#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Exchanges and wall time of ours, OpenSC's module and ykcs11 on the same practice card, in one run: list, login+sign and
# import, warm and cold, at 0 and 20 ms an exchange, in a reader for extended APDUs and in one for short ones only; and what
# one signature of many costs at 0 ms. Prints tables with ratios; judges nothing.
#
#   sh tests/bench/run.sh [RUNS [PRESET]]       runs per figure, 5 unless told otherwise; the release build likewise
set -eu
cd "$(dirname "$0")/../.."
sh tools/packages.sh build test
preset=${2:-release}
mkdir -p build
if ! { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } >"build/$preset.log" 2>&1 ||
    ! cmake --build "build/$preset" --target practice_mode >>"build/$preset.log" 2>&1; then
    tail -n 40 "build/$preset.log" >&2
    exit 1
fi
ACREDITA=$PWD/build/$preset/tools/cli/acredita
XDG_CACHE_HOME=$(mktemp -d)
trap 'rm -rf "$XDG_CACHE_HOME"' EXIT
export ACREDITA XDG_CACHE_HOME
for card in extended short; do
    for latency in 0 20; do
        options=piv
        [ $card = extended ] || options=piv:extended=no
        # ykcs11 looks only at readers whose name begins with "Yubico".
        "$ACREDITA" practice --card "$options" --reader-name "Yubico YubiKey" --latency "$latency" -- \
            python3 tests/bench/card_clients.py "$latency" "${1:-5}" "$card"
    done
done
