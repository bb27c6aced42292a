#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Installs what tools/packages.txt lists and this machine lacks: `sh tools/packages.sh build` or `... build test`.
# Asks the package system once; says nothing when nothing is missing. Without root it names what to ask for.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

missing=""
for kind in "$@"; do
    for package in $(sed -n "s/^$kind  *//p" "$here/packages.txt"); do
        state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
        case $state in
        ii*) ;;
        *) missing="$missing $package" ;;
        esac
    done
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Missing Debian packages; ask an administrator for:" >&2
    echo "    apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

echo "Installing:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Installing pcscd must not start a system-wide service on the way: this project brings its own, private one.
guard=""
if [ ! -e /usr/sbin/policy-rc.d ]; then
    guard=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
    trap 'rm -f "$log" "$guard"' EXIT
fi
install() {
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >>"$log" 2>&1
}
if ! { apt-get update -q >>"$log" 2>&1 && install; }; then
    tail -n 20 "$log" >&2
    exit 1
fi
