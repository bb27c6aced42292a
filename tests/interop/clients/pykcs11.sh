# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: PyKCS11
# packages: python3-pykcs11 openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
row "signs, twice in one session" /usr/bin/python3 "$CLIENTS/pykcs11.py" "$M" "$ID" "$PIN" text signature
for n in 1 2; do
    check "openssl accepts signature $n" openssl dgst -sha256 -verify "$CARD/public.pem" -signature "signature$n" text
done
pins 1
finish
