# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: modutil (NSS)
# packages: libnss3-tools
# keys: rsa2048
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
mkdir db
certutil -N -d sql:db --empty-password
row "adds the module" modutil -force -dbdir sql:db -add Acredita -libfile "$M"
row "lists the module" modutil -dbdir sql:db -list Acredita
shows "with the card in its slot" "Token Name: $TOKEN" out.txt
row "takes the module out" modutil -force -dbdir sql:db -delete Acredita
pins 0
finish
