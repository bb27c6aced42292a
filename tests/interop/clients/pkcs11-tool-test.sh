# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: pkcs11-tool --test
# packages: opensc
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
row "tests random numbers, digests, signatures and decryption" pkcs11-tool --module "$M" --login --pin "$PIN" --test
shows "and finds nothing wrong" 'No errors' out.txt
pins 1
finish
