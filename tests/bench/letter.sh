#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What making and signing a letter costs, and what the same signature costs poppler's pdfsig, in one run of the release
# build (tests/bench/letter.py). Prints a table with ratios; judges nothing.
#
#   sh tests/bench/letter.sh [RUNS [PRESET]]     runs per figure, 20 unless told otherwise
set -eu
cd "$(dirname "$0")/../.."
sh tools/packages.sh build test
preset=${2:-release}
mkdir -p build
if ! { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } >"build/$preset.log" 2>&1 ||
    ! cmake --build "build/$preset" --target acredita acredita-pkcs11 letter_sign_bench >>"build/$preset.log" 2>&1; then
    tail -n 40 "build/$preset.log" >&2
    exit 1
fi
python3 tests/bench/letter.py "build/$preset" "${1:-20}"
