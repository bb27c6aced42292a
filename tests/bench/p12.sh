#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What opening a backup costs beside OpenSSL's own pkcs12, in one run of the release build (tests/bench/p12.py).
#
#   sh tests/bench/p12.sh [RUNS]
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build
if ! { [ -f build/release/build.ninja ] || cmake --preset release; } >build/release.log 2>&1 ||
    ! cmake --build build/release --target acredita p12_opening_cost >>build/release.log 2>&1; then
    tail -n 40 build/release.log >&2
    exit 1
fi
python3 tests/bench/p12.py build/release "${1:-20}"
