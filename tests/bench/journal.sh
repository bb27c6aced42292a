#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What a journal of many records costs on both engines: appending at its start and at its end, verifying, searching; and
# the same file under the auditor's verifier. Prints figures and ratios; judges nothing.
#
#   sh tests/bench/journal.sh [RECORDS [PRESET [DIRECTORY]]]     100000 records and the release build unless told otherwise
set -eu
cd "$(dirname "$0")/../.."
sh tools/packages.sh build test
preset=${2:-release}
mkdir -p build
if ! { [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"; } >"build/$preset.log" 2>&1 ||
    ! cmake --build "build/$preset" --target journal_bench >>"build/$preset.log" 2>&1; then
    tail -n 40 "build/$preset.log" >&2
    exit 1
fi
place=${3:-$(mktemp -d)}
trap '[ -n "${3:-}" ] || rm -rf "$place"' EXIT
"build/$preset/tests/tools/office/journal_bench" "${1:-100000}" "$place"
echo "verify_journal.py on the same journal:"
/usr/bin/env time -f "%e s, %M KB" python3 tools/office/verify_journal.py "$place/journal.jsonl"
