#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The administrator registers for one person: everything in that home belongs to the person afterwards, and the person's
# own NSS and p11-kit see the module.
#
#   sh root_registers_for_a_person.sh ACREDITA MODULE
[ "$(id -u)" = 0 ] || { echo "SKIPPED: this is what root does"; exit 77; }
. "$(dirname "$0")/own_machine.sh"
acredita=$1
cp "$2" "$DIR/libacredita-pkcs11.so"
module=$DIR/libacredita-pkcs11.so
home=$DIR/home/ana
echo "acredita-ana:x:61234:61234::$home:/bin/sh" >>/etc/passwd
echo "acredita-ana:x:61234:" >>/etc/group
mkdir -p "$home"
chown 61234:61234 "$home"
as_ana() { setpriv --reuid 61234 --regid 61234 --clear-groups env -u XDG_CONFIG_HOME HOME="$home" "$@"; }
shows() { # PATTERN COMMAND...
    pattern=$1
    shift
    "$@" 2>/dev/null | grep -q "$pattern"
}
owned_by_ana() { [ -z "$(find "$home" ! -user 61234 -o ! -group 61234)" ]; }
hides() { ! shows "$@"; }

holds "root registers for the person" "$acredita" register --user acredita-ana --module "$module"
holds "every file in the home is the person's" owned_by_ana
holds "the person's NSS lists the module" shows "library name: $module" \
    as_ana modutil -dbdir "sql:$home/.pki/nssdb" -list
holds "the person's p11-kit lists the module" shows "acredita: $module" as_ana p11-kit list-modules
holds "nothing of the machine was changed" test ! -e /etc/pkcs11 -a ! -e /etc/firefox
holds "root takes it out again" "$acredita" unregister --user acredita-ana --module "$module"
holds "the person's NSS does not list it any more" hides Acredita as_ana modutil -dbdir "sql:$home/.pki/nssdb" -list
holds "the person's p11-kit does not list it any more" hides "acredita:" as_ana p11-kit list-modules
holds "every file in the home is still the person's" owned_by_ana
