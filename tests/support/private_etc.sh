#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# private_etc.sh COMMAND...: runs it with an /etc of its own, in which it is root and may write what it likes; nothing of it
# shows outside, and it ends with the command. Exit code 77 if this machine allows no such thing.
set -eu
if [ "${1-}" != --inside ]; then
    users=
    [ "$(id -u)" = 0 ] || users="--user --map-root-user"
    # shellcheck disable=SC2086
    unshare $users --mount true 2>/dev/null || { echo "skipped: no mount namespace here" >&2; exit 77; }
    # shellcheck disable=SC2086
    exec unshare $users --mount sh "$0" --inside "$@"
fi
shift
own=$(mktemp -d)
mount -t tmpfs -o mode=755 none "$own"
cp -a /etc/. "$own" 2>/dev/null || true
rm -rf "$own/acredita"
mount --bind "$own" /etc
umount "$own"
rmdir "$own"
exec "$@"
