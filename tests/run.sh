#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs what is missing, builds, and passes every test.
#
#   sh tests/run.sh              the default run: all tests, then the unit tests again under asan+ubsan and tsan
#   sh tests/run.sh dev|asan|tsan [CTEST ARGS...]   one preset
#   sh tests/run.sh tidy         clang-tidy over the whole tree
#   sh tests/run.sh release      the hardened build and its tests
#   sh tests/run.sh fuzz [SECONDS [TARGET...]]   every fuzz target at once, an hour each (docs/fuzzing.md)
#   sh tests/run.sh browser      Firefox and Chromium in real windows, which the default run does as well
#   sh tests/run.sh kiosk        the kiosk in real windows: every page, error, pulled card, layout; its pace
#   sh tests/run.sh soak         five hundred visits to the kiosk; ten minutes of two programs at one card; a thousand cards pulled under ten threads
#   sh tests/run.sh stress-asan|stress-tsan   the module under threads and torn cards, under a sanitizer
#   sh tests/run.sh p12-sweep    backups of every exporter with every password, every truncation, every flipped bit
#   sh tests/run.sh sweep        the full fault sweeps: torn out, killed, at every exchange and step
#   sh tests/run.sh interop      every program of the desktop, and docs/interop.md from what ran
#
# Tests that want files from outside the repository read them below $ACREDITA_SHARED (default: ../shared) and say
# visibly when they are skipped for want of it.
#
# SECOND_TRY=yes: a test that failed is run once more with nothing beside it and said to be unsteady if it passes
# then. For machines that stand still for a second now and then, which real readers and real windows do not bear.
set -eu
cd "$(dirname "$0")/.."
jobs=${JOBS:-2}
ACREDITA_SHARED=${ACREDITA_SHARED:-$(cd .. && pwd)/shared}
export ACREDITA_SHARED
# One clone may use what another has compiled.
CCACHE_BASEDIR=$(pwd)
CCACHE_NOHASHDIR=1
export CCACHE_BASEDIR CCACHE_NOHASHDIR

sh tools/packages.sh build kiosk test

build() { # PRESET [TARGET]
    log=build/$1.log
    mkdir -p build
    echo "== building $1${2:+ ($2)}"
    if ! { [ -f "build/$1/build.ninja" ] || cmake --preset "$1"; } >"$log" 2>&1 ||
        ! cmake --build "build/$1" -j "$jobs" ${2:+--target "$2"} >>"$log" 2>&1; then
        grep -v '^\[[0-9/]*\] ' "$log" | tail -n 60
        exit 1
    fi
}

run() { # PRESET [CTEST ARGS...]
    preset=$1
    shift
    echo "== testing $preset"
    code=0
    ctest --test-dir "build/$preset" --output-on-failure --no-tests=error -j "$jobs" "$@" || code=$?
    [ $code != 0 ] || return 0
    failures "build/$preset/Testing/Temporary/LastTest.log"
    [ "${SECOND_TRY:-}" = yes ] || return $code
    echo "== once more, alone: what failed above"
    code=0
    ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --rerun-failed || code=$?
    if [ $code = 0 ]; then
        echo "== UNSTEADY: failed beside other tests and passed alone; each is a fault of the test or of the program"
    else
        failures "build/$preset/Testing/Temporary/LastTest.log"
    fi
    return $code
}

# Once more at the very end, so that nobody has to look for it: what each test that failed had to say about it.
failures() { # LOG
    echo "== what failed"
    awk '/^[0-9]+\/[0-9]+ Testing: /{name = $3; said = ""}
        /error: |FAIL |^FAIL|exception|Sanitizer|runtime error/ && length(said) < 2000 {said = said "    " substr($0, 1, 400) "\n"}
        /^Test (Failed|timed out)|^Test.*(Exception|Timeout)/{printf "%s: %s\n%s", name, $0, said}' "$1"
}

case ${1:-default} in
default)
    build dev
    run dev -LE 'sweep|soak|interop|kiosk-long'
    build asan unit_tests
    run asan -L unit
    build tsan threaded_tests
    run tsan -L threaded
    ;;
dev | asan | tsan | release)
    preset=$1
    shift
    build "$preset"
    run "$preset" -LE 'sweep|soak|interop|kiosk-long' "$@"
    ;;
tidy)
    sh tools/packages.sh tidy
    build tidy
    ;;
fuzz)
    shift
    sh tools/packages.sh fuzz
    build fuzz fuzz_targets
    sh tests/fuzz/run.sh build/fuzz "$@"
    ;;
browser | sweep | p12-sweep | soak)
    build dev
    run dev -L "$1"
    ;;
kiosk)
    build dev
    run dev -L kiosk-long
    ;;
stress-asan | stress-tsan)
    preset=${1#stress-}
    build "$preset" stress_tests
    run "$preset" -L 'stress|threaded'
    ;;
interop)
    sh tools/packages.sh interop
    build dev practice_mode
    rm -rf build/dev/tests/interop/rows
    status=0
    run dev -L clients || status=$?
    python3 tests/interop/table.py build/dev/tests/interop/rows docs/interop.md
    exit "$status"
    ;;
*)
    echo "usage: sh tests/run.sh [dev|asan|tsan|tidy|release|fuzz|browser|kiosk|interop|sweep|p12-sweep|soak|stress-asan|stress-tsan]" >&2
    exit 2
    ;;
esac
