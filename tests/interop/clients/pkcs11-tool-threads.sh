# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: pkcs11-tool --test-threads
# packages: opensc openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
case $KEY in
rsa2048) sign='-m SHA256-RSA-PKCS' ;;
p256) sign='-m ECDSA-SHA256 --signature-format openssl' ;;
esac
# I: C_Initialize, N without arguments or L with locking; GI: C_GetInfo; SL: C_GetSlotList; T0: the token in the first slot.
# The tool looks for threads that are still at work only every ten seconds, when its own work ends before theirs.
LIMIT=120
for what in IN IL ILGISLT0; do
    set --
    for thread in 1 2 3 4 5 6 7 8; do set -- "$@" --test-threads "$what"; done
    row "signs while eight threads call $what" pkcs11-tool --module "$M" --login --pin "$PIN" --sign --id "$ID" $sign \
        -i text -o signature "$@"
    check "openssl accepts the signature" openssl dgst -sha256 -verify "$CARD/public.pem" -signature signature text
    pins 1
done
finish
