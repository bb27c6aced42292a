# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: p11-kit server, p11-kit-client.so
# packages: p11-kit p11-kit-modules opensc openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/p11-kit.sh"
REMOTE=$(find /usr/lib -name p11-kit-client.so | head -n 1)
serve p11-kit.log p11-kit server --provider "$M" --foreground --name "$dir/remote" "pkcs11:"
wait_for "the server answers" [ -S remote ]
P11_KIT_SERVER_ADDRESS=unix:path=$dir/remote
export P11_KIT_SERVER_ADDRESS
row "lists the objects from afar" pkcs11-tool --module "$REMOTE" -O
shows "the certificate among them" "$SUBJECT" out.txt
pins 0
# It carries no ECDSA that hashes: of that kind its protocol knows the bare one alone.
case $KEY in
rsa2048) cp text data ;;
p256) openssl dgst -sha256 -binary -out data text && MECHANISM=ECDSA ;;
esac
row "signs from afar" pkcs11-tool --module "$REMOTE" --login --pin "$PIN" --sign --id "$ID" -m "$MECHANISM" $FORMAT -i data -o signature
check "openssl accepts the signature" openssl dgst -sha256 -verify "$CARD/public.pem" -signature signature text
pins 1
finish
