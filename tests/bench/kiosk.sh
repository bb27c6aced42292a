#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Start time and idle memory of the kiosk, and the pace of a visit, on a screen of its own. Prints figures; judges none.
#
#   sh tests/bench/kiosk.sh [PRESET]       the release build unless told otherwise
set -eu
cd "$(dirname "$0")/../.."
sh tools/packages.sh build kiosk test
preset=${1:-release}
mkdir -p build
if ! { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } >"build/$preset.log" 2>&1 ||
    ! cmake --build "build/$preset" --target practice_mode acredita-kiosk kiosk_probe >>"build/$preset.log" 2>&1; then
    tail -n 40 "build/$preset.log" >&2
    exit 1
fi
ACREDITA_BUILD=$PWD/build/$preset
KIOSK_PROBE=$ACREDITA_BUILD/tests/tools/kiosk/probe/plugins
export ACREDITA_BUILD KIOSK_PROBE
/usr/bin/python3 tests/bench/kiosk.py
/usr/bin/python3 tests/tools/kiosk/pace_spec.py
