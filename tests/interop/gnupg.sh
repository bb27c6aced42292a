# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# GnuPG and its scdaemon on the practice card, in a home of their own; after lib.sh. Who asks for a PIN gets that of a
# new card: 123456, or 12345678 for the administrator.
GNUPGHOME=$dir/gnupg
export GNUPGHOME
mkdir -m 700 "$GNUPGHOME"
trap 'gpgconf --kill all 2>/dev/null || true; rm -rf "$dir"' EXIT

cat >"$dir/pinentry" <<'END'
#!/bin/sh
echo "OK"
pin=123456 repeated=''
while read -r word rest; do
    case "$word $rest" in
    SETDESC*Admin* | SETPROMPT*Admin*) pin=12345678 ;;
    SETDESC*Reset\ Code* | SETPROMPT*Reset\ Code*) pin=resetcode ;;
    SETDESC*New* | SETPROMPT*New* | SETDESC*Repeat* | SETPROMPT*Repeat*) [ ! -e "$HOME/new-pin" ] || pin=$(cat "$HOME/new-pin") ;;
    SETDESC*) pin=$(cat "$HOME/pin-now" 2>/dev/null || echo 123456) ;;
    SETREPEAT*) repeated='S PIN_REPEATED' ;;
    GETPIN*) [ -z "$repeated" ] || echo "$repeated"; echo "D $pin" ;;
    BYE*) echo OK; exit 0 ;;
    esac
    echo OK
done
END
chmod 700 "$dir/pinentry"
echo "pinentry-program $dir/pinentry" >"$GNUPGHOME/gpg-agent.conf"
# libpcsclite finds the practice's pcscd by PCSCLITE_CSOCK_NAME; scdaemon's own USB driver would look past it.
printf 'disable-ccid\npcsc-driver libpcsclite.so.1\n' >"$GNUPGHOME/scdaemon.conf"

gnupg() { gpg --no-tty --quiet --yes "$@"; }
# The answers of a person, a line each, to gpg's menus.
answering() { # ANSWERS ARGS...
    answers=$1
    shift
    printf "$answers" | gnupg --expert --status-fd 1 --command-fd 0 "$@"
}
