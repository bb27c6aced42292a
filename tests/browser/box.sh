#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# box.sh ACREDITA ARTIFACTS CARD COMMAND...
#
# Runs COMMAND, with DIRECTORY ARTIFACTS TRANSCRIPT behind its own words, beside a practice card and in a mount namespace
# with an overlay on /etc: so `acredita register --system` is the real one, a browser reads what it wrote, and nothing
# of it stays. Exit code 77, and a line that says why, where the kernel does not allow it.
set -eu
if [ "${1:-}" != --inside ]; then
    directory=$(mktemp -d /tmp/acredita-browsers-XXXXXX)
    user=
    if [ "$(id -u)" != 0 ]; then user=-r; fi
    code=0
    # shellcheck disable=SC2086 # nothing, or one word
    if unshare $user -m true 2>/dev/null; then
        unshare $user -m sh "$0" --inside "$directory" "$@" || code=$?
    else
        echo "SKIPPED: no mount namespace can be had here"
        code=77
    fi
    rm -rf "$directory"
    exit $code
fi
directory=$2 acredita=$3 artifacts=$4 card=$5
shift 5
mkdir "$directory/etc" "$directory/work" "$directory/home"
if ! mount -t overlay overlay -o "lowerdir=/etc,upperdir=$directory/etc,workdir=$directory/work" /etc 2>/dev/null; then
    echo "SKIPPED: no overlay can be mounted here"
    exit 77
fi
# A machine on which nobody has registered anything yet.
rm -rf /etc/firefox/policies
HOME=$directory/home
export HOME
"$acredita" practice --card "$card" --transcript "$directory/transcript" -- "$@" "$HOME" "$artifacts" "$directory/transcript"
