# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Sourced first: runs the script that sources it, $0, once more in a mount namespace of its own, where /etc is a copy on
# top of the real one and $DIR a folder that everybody may enter. Both are gone at the end.
set -eu
if [ -z "${DIR:-}" ]; then
    unshare -m true 2>/dev/null || { echo "SKIPPED: this user may not make a mount namespace"; exit 77; }
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
    code=0
    DIR=$dir unshare -m sh "$0" "$@" || code=$?
    exit "$code"
fi
mount -t tmpfs -o mode=755 none "$DIR"
mkdir "$DIR/upper" "$DIR/work"
if ! mount -t overlay none -o "lowerdir=/etc,upperdir=$DIR/upper,workdir=$DIR/work" /etc 2>/dev/null; then
    cp -a /etc/. "$DIR/upper/"
    mount --bind "$DIR/upper" /etc
fi
rm -rf /etc/firefox /etc/pkcs11

holds() { # SENTENCE COMMAND...
    sentence=$1
    shift
    if "$@" >"$DIR/said" 2>&1; then
        echo "ok   $sentence"
    else
        echo "FAIL $sentence: $*"
        cat "$DIR/said"
        exit 1
    fi
}
