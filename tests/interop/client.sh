#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Lets one client at the card: clients/NAME.sh, once for each kind of key it can use, each time with a copy of the card
# prepared by cards.sh, in a network, process and mount namespace of its own, where loopback is the only network.
#
#   client.sh NAME CARDS ROWS     with $ACREDITA set; CARDS is what cards.sh wrote
#
# ROWS/NAME.tsv gets one line for each command: client, version, key, what it shows, command, exit code. A client
# declares "# packages:" (the first one's version is shown) and "# keys:" in its script, and "# needs: root" if no user
# namespace will do. Exit code 77: a package is missing, or root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
name=$1
cards=$2
script=$here/clients/$name.sh
declared() { sed -n "s/^# $1: *//p" "$script"; }

mkdir -p "$3"
ROWS=$3/$name.tsv
: >"$ROWS"
CLIENT=$(declared client)
for package in $(declared packages); do
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true) in
    ii*) ;;
    *)
        printf '%s\t\t\tneeds the package %s\t\tskipped\n' "$CLIENT" "$package" >"$ROWS"
        echo "SKIPPED: $name needs the Debian package $package"
        exit 77
        ;;
    esac
done

if [ "$(declared needs)" = root ] && [ "$(id -u)" -ne 0 ]; then
    printf '%s\t\t\tneeds root: its server changes groups\t\tskipped\n' "$CLIENT" >"$ROWS"
    echo "SKIPPED: $name needs root, because its server changes groups"
    exit 77
fi
# Where Debian keeps servers; an ordinary user's path leaves it out.
PATH=$PATH:/usr/sbin:/sbin
export PATH

VERSION=$(dpkg-query -W -f '${Package} ${Version}' "$(declared packages | cut -d' ' -f1)")
export ROWS VERSION CLIENT CLIENTS="$here/clients"

# In a namespace of processes of its own nothing outlives the client; lib.sh looks whether something would have.
alone='--mount --net --pid --fork --kill-child --mount-proc'
[ "$(id -u)" -eq 0 ] || alone="--map-root-user $alone"
for KEY in $(declared keys); do
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cp "$cards/$KEY/card" "$work/card"
    CARD=$cards/$KEY SERVER=$cards TRANSCRIPT=$work/transcript
    export KEY CARD SERVER TRANSCRIPT
    # shellcheck disable=SC2086 # the options are words
    "$ACREDITA" practice --card piv:firmware=5.4 --state "$work/card" --transcript "$work/transcript" -- \
        unshare $alone sh "$script"
    rm -rf "$work"
done
