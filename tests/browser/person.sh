#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# person.sh ACREDITA ARTIFACTS CARD COMMAND...
#
# Runs COMMAND, with DIRECTORY ARTIFACTS TRANSCRIPT behind its own words, beside a practice card, with a home directory of
# its own and, where root runs the tests, as an ordinary user: a browser's sandbox works for nobody else.
set -eu
acredita=$1 kept=$2 card=$3
shift 3
directory=$(mktemp -d /tmp/acredita-browsers-XXXXXX)
home=$directory/home artifacts=$directory/artifacts
mkdir "$home" "$artifacts"
become=
if [ "$(id -u)" = 0 ]; then
    chown -R nobody: "$directory"
    become="setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs"
    # shellcheck disable=SC2086 # words
    if ! $become test -x "$acredita"; then
        echo "nobody may not enter this folder: root runs the browser, without its sandbox"
        become=
    fi
fi
code=0
# shellcheck disable=SC2086
(cd "$directory" && HOME=$home XDG_RUNTIME_DIR='' exec $become "$acredita" practice --card "$card" \
    --transcript "$directory/transcript" -- "$@" "$home" "$artifacts" "$directory/transcript") || code=$?
mkdir -p "$kept"
cp "$artifacts"/*.png "$kept" 2>/dev/null || true
rm -rf "$directory"
exit $code
