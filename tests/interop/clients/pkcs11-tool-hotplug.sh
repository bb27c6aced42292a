# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: pkcs11-tool --test-hotplug
# packages: opensc
# keys: rsa2048
. "$CLIENTS/lib.sh"
row "sees the card go and come, by looking and by waiting" /usr/bin/python3 "$CLIENTS/hotplug.py" \
    pkcs11-tool --module "$M" --test-hotplug
pins 0
finish
