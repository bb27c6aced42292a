# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: openssl (libp11 engine)
# packages: libengine-pkcs11-openssl openssl gnutls-bin
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/engine.sh"
KEYURI="$URI;type=private;pin-value=$PIN"

row "signs a digest" openssl dgst -engine pkcs11 -keyform engine -sha256 -sign "$KEYURI" -out signature text
check "openssl accepts the signature" openssl dgst -sha256 -verify "$CARD/public.pem" -signature signature text
pins 1
if [ "$KEY" = rsa2048 ]; then
    row "signs a digest with PSS" openssl dgst -engine pkcs11 -keyform engine -sha256 -sigopt rsa_padding_mode:pss \
        -sigopt rsa_pss_saltlen:digest -sign "$KEYURI" -out signature text
    check "openssl accepts the PSS signature" openssl dgst -sha256 -sigopt rsa_padding_mode:pss \
        -sigopt rsa_pss_saltlen:digest -verify "$CARD/public.pem" -signature signature text
    pins 1
fi
row "signs a CMS message" openssl cms -sign -engine pkcs11 -keyform engine -inkey "$KEYURI" -signer "$CARD/certificate.pem" \
    -certfile "$CARD/issuer.pem" -in text -binary -nodetach -outform DER -out message.p7
check "certtool accepts the message" certtool --p7-verify --inder --load-ca-certificate "$CARD/chain.pem" --infile message.p7
pins 1

for version in 1.3 1.2; do
    gnutls_server "NORMAL:-VERS-ALL:+VERS-TLS$version"
    row "speaks TLS $version" sh -c "printf 'GET / HTTP/1.0\r\n\r\n' | openssl s_client -engine pkcs11 -keyform engine -key '$KEYURI' \
        -cert $CARD/certificate.pem -connect localhost:4433 -tls1_$((${version#1.})) -CAfile $SERVER/server-ca.pem -verify_return_error -quiet -ign_eof"
    shows "the server saw the certificate" "$SUBJECT" server.log
    pins 1
    stop "$server"
done
finish
