# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: p11-kit-proxy.so
# packages: p11-kit p11-kit-modules openssh-client opensc openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/p11-kit.sh"
row "p11-kit lists the module" p11-kit list-modules
shows "with the card's token" "token: $TOKEN" out.txt
row "ssh-keygen lists the key through the proxy" ssh-keygen -D "$PROXY"
ssh-keygen -i -m PKCS8 -f "$CARD/public.pem" >expected
check "it is the certificate's key" grep -qF "$(cat expected)" out.txt
pins 0
row "pkcs11-tool signs through the proxy" pkcs11-tool --module "$PROXY" --token-label "$TOKEN" --login --pin "$PIN" --sign --id "$ID" \
    -m "$MECHANISM" $FORMAT -i text -o signature
check "openssl accepts the signature" openssl dgst -sha256 -verify "$CARD/public.pem" -signature signature text
pins 1
finish
