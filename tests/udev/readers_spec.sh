#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# readers_spec.sh SOURCE CMAKE: a list of readers with a mistake in it stops the configuring, and everything that is
# made is installed where its service looks.
set -eu
source=$1
cmake=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

configure() { # LINE: with LINE as the last of the list
    rm -rf "$dir/source" "$dir/build"
    mkdir "$dir/source"
    cp -r "$source/udev" "$dir/source/udev"
    printf '%b\n' "$1" >>"$dir/source/udev/readers.tsv"
    cat >"$dir/source/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(setup LANGUAGES NONE)
include(GNUInstallDirs)
add_subdirectory(udev)
END
    "$cmake" -S "$dir/source" -B "$dir/build" -DCMAKE_INSTALL_PREFIX=/usr "$@" >"$dir/said" 2>&1
}
shift 2
expect() { # SENTENCE 0|1 LINE
    code=0
    configure "$3" || code=1
    [ "$code" = "$2" ] || { echo "FAIL $1"; cat "$dir/said"; exit 1; }
    echo "ok   $1"
}
expect "a vendor in capitals is a mistake" 1 'ABCD 0001\tA reader'
expect "a name that would end the rule is a mistake" 1 'abcd 0001\tA", RUN+="/bin/sh'
expect "blanks instead of a tab are a mistake" 1 'abcd 0001  A reader'
expect "a reader that stands twice is a mistake" 1 '0783 0006\tOnce more'
expect "a reader with its name becomes a rule" 0 'abcd 0001\tA reader'
grep -qx 'ATTR{idVendor}=="abcd", ATTR{idProduct}=="0001", ENV{ACREDITA_READER}="A reader"' "$dir/build/udev/acredita.rules"

DESTDIR=$dir/root "$cmake" --install "$dir/build" >/dev/null
for file in usr/lib/udev/rules.d/95-acredita.rules etc/udisks2/mount_options.conf usr/share/polkit-1/rules.d/40-acredita.rules \
    usr/lib/systemd/system/pcscd.socket.d/acredita.conf usr/lib/systemd/system/pcscd.service.d/acredita.conf usr/lib/sysusers.d/acredita.conf; do
    [ -s "$dir/root/$file" ] || { echo "FAIL $file is not installed"; exit 1; }
    ! grep -q '@' "$dir/root/$file" || grep -q '@system-service' "$dir/root/$file" || { echo "FAIL $file is not finished"; exit 1; }
done
echo "ok   everything is installed where its service looks"
