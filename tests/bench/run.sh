#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Exchanges and wall time of ours, OpenSC's module and ykcs11 on the same practice card, in one run: list, login+sign and
# import, at 0 and 20 ms an exchange. Prints a table with ratios; judges nothing.
#
#   sh tests/bench/run.sh [RUNS]       runs per figure, 5 unless told otherwise
set -eu
cd "$(dirname "$0")/../.."
sh tools/packages.sh build test
mkdir -p build
if ! { [ -f build/release/build.ninja ] || cmake --preset release; } >build/release.log 2>&1 ||
    ! cmake --build build/release --target practice_mode >>build/release.log 2>&1; then
    tail -n 40 build/release.log >&2
    exit 1
fi
ACREDITA=$PWD/build/release/tools/cli/acredita
export ACREDITA
for latency in 0 20; do
    # ykcs11 looks only at readers whose name begins with "Yubico".
    "$ACREDITA" practice --card piv --reader-name "Yubico YubiKey" --latency "$latency" -- \
        python3 tests/bench/card_clients.py "$latency" "${1:-5}"
done
