# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: pkcs11-tool --test-fork
# packages: opensc
# keys: rsa2048
. "$CLIENTS/lib.sh"
row "a child process begins anew" pkcs11-tool --module "$M" --test-fork
pins 0
finish
