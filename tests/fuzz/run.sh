#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Runs fuzz targets, all at once, and says how far each came:
#
#     sh tests/fuzz/run.sh BUILD-FOLDER [SECONDS [TARGET...]]
#
# Below BUILD-FOLDER/runs/TARGET: corpus/ (kept from run to run), log, and one file for each finding. Exit code 1 if there
# is any.
set -eu
build=$1
seconds=${2:-3600}
[ $# -lt 2 ] && shift || shift 2
source=$(cd "$(dirname "$0")/../.." && pwd)
programs=$build/tests/fuzz
[ $# -gt 0 ] || set -- $(cd "$programs" && ls | sed -n 's/^fuzz_//p' | grep -v '^seeds$')
"$programs/fuzz_seeds" "$source" "$build/runs/seeds"

# An input may take long on a busy machine, but no input needs much memory.
ASAN_OPTIONS=detect_stack_use_after_return=1:${ASAN_OPTIONS:-}
UBSAN_OPTIONS=print_stacktrace=1
LSAN_OPTIONS=suppressions=$source/tests/support/lsan.supp:print_suppressions=0
ASAN_SYMBOLIZER_PATH=$(command -v llvm-symbolizer-16 || echo /usr/lib/llvm-16/bin/llvm-symbolizer)
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS ASAN_SYMBOLIZER_PATH

started=""
for target in "$@"; do
    folder=$build/runs/$target
    mkdir -p "$folder/corpus" "$build/runs/seeds/$target"
    extra=""
    for folder_of_seeds in "$source/tests/fuzz/regressions/$target" "${ACREDITA_SHARED:-}/corpus/${target%%_*}"; do
        [ ! -d "$folder_of_seeds" ] || extra="$extra $folder_of_seeds"
    done
    nice -n 19 "$programs/fuzz_$target" -max_total_time="$seconds" -timeout=120 -rss_limit_mb=1024 -malloc_limit_mb=256 \
        -max_len=8192 -len_control=0 -print_final_stats=1 -artifact_prefix="$folder/" \
        "$folder/corpus" "$build/runs/seeds/$target" $extra >"$folder/log" 2>&1 &
    started="$started $!"
done
trap 'kill $started 2>/dev/null || true' INT TERM
status=0
for pid in $started; do wait "$pid" || status=1; done

printf '%-16s %10s %8s %8s %8s %7s  %s\n' target executions seconds cov ft corpus findings
for target in "$@"; do
    log=$build/runs/$target/log
    done=$(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/\1 \2/p' "$log")
    last=$(grep -a 'cov: [0-9]* ft: [0-9]* corp: ' "$log" | tail -n 1)
    cov=$(echo "$last" | sed 's/.*cov: \([0-9]*\).*/\1/')
    ft=$(echo "$last" | sed 's/.*ft: \([0-9]*\).*/\1/')
    corpus=$(find "$build/runs/$target/corpus" -type f | wc -l)
    findings=$(find "$build/runs/$target" -maxdepth 1 -type f ! -name log ! -name 'slow-unit-*' | wc -l)
    # shellcheck disable=SC2086
    printf '%-16s %10s %8s %8s %8s %7s  %s\n' "$target" ${done:-- -} "$cov" "$ft" "$corpus" "$findings"
done
exit $status
