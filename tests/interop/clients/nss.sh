# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A certificate database of NSS's that knows the module and trusts the practice authority, as a browser's profile does.
# NSS calls a certificate by the token's label, a colon and the certificate's.
TOKEN=$(pkcs11-tool --module "$M" -L | sed -n 's/^ *token label *: *//p')
NICK="$TOKEN:$LABEL"
database() {
    mkdir db
    certutil -N -d sql:db --empty-password
    modutil -force -dbdir sql:db -add Acredita -libfile "$M" >modutil.txt 2>&1
    for authority in "$CARD/root.pem:CT,C," "$CARD/issuer.pem:,," "$SERVER/server-ca.pem:CT,,"; do
        certutil -A -d sql:db -n "$(basename "${authority%%:*}")" -t "${authority#*:}" -i "${authority%%:*}"
    done
}
