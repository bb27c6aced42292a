#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# pcscd_spec.sh MADE: the drop-ins of pcscd and the users, read by systemd's own tools in a root of their own.
set -eu
made=$1
skip() { echo "SKIPPED: $*"; exit 77; }
command -v systemd-analyze >/dev/null || skip "there is no systemd-analyze"
command -v systemd-sysusers >/dev/null || skip "there is no systemd-sysusers"
[ -f /lib/systemd/system/pcscd.service ] || skip "there is no pcscd.service"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
root=$dir/root
units=$root/usr/lib/systemd/system
mkdir -p "$units/pcscd.socket.d" "$units/pcscd.service.d" "$root/usr/sbin" "$root/etc"
fail() { echo "FAIL $*"; exit 1; }

cp /lib/systemd/system/pcscd.socket /lib/systemd/system/pcscd.service /lib/systemd/system/*.target "$units/" 2>/dev/null
cp /usr/sbin/pcscd "$root/usr/sbin/"
exposure() { # of pcscd, from 0 to 100
    systemd-analyze security --offline=true --root="$root" --threshold=100 --no-pager pcscd.service |
        sed -n 's/.*Overall exposure level for pcscd.service: \([0-9]*\)\.\([0-9]\).*/\1\2/p'
}
before=$(exposure)
cp "$made/pcscd.socket.conf" "$units/pcscd.socket.d/acredita.conf"
cp "$made/pcscd.service.conf" "$units/pcscd.service.d/acredita.conf"
after=$(exposure)
[ -n "$before" ] && [ -n "$after" ] || fail "systemd-analyze says no figure"
[ "$after" -lt 45 ] && [ "$before" -gt 80 ] || fail "the exposure of pcscd is $after, before $before"
echo "ok   pcscd is exposed by $after of 100 (before: $before)"

systemd-analyze verify --root="$root" --man=no --generators=no pcscd.socket pcscd.service >"$dir/said" 2>&1 || true
# Units that this root has not are no concern of the drop-ins.
if grep -E 'acredita\.conf|Unknown (key|lvalue|section)|Failed to parse|Invalid' "$dir/said"; then
    fail "systemd does not understand a drop-in"
fi
echo "ok   systemd understands every line of the drop-ins"

printf 'root:x:0:0::/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
systemd-sysusers --root="$root" "$made/sysusers.conf" >"$dir/said" 2>&1 || { cat "$dir/said"; fail "the users are not made"; }
group=$(sed -n 's/^SocketGroup=//p' "$made/pcscd.socket.conf")
grep -q "^$group:.*acredita-kiosk" "$root/etc/group" || fail "the kiosk's user is not in $group, to which the socket belongs"
grep -q '^acredita-kiosk:.*nologin' "$root/etc/passwd" || fail "somebody could log in as the kiosk's user"
echo "ok   the socket belongs to a group that is made, and the kiosk's user is in it"
