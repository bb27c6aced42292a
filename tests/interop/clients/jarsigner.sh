# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: jarsigner (SunPKCS11)
# packages: openjdk-17-jdk-headless openssl
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/java.sh"
printf 'Created-By: nobody\n' >manifest
case $KEY in
rsa2048) algorithms='SHA256withRSA SHA512withRSA RSASSA-PSS' ;;
p256) algorithms=SHA256withECDSA ;;
esac
for algorithm in $algorithms; do
    jar cfm "$algorithm.jar" manifest text 2>/dev/null
    row "signs with $algorithm" jarsigner -keystore NONE -storetype PKCS11 -storepass "$PIN" -addprovider SunPKCS11 \
        -providerArg card.cfg -sigalg "$algorithm" -certchain "$CARD/bundle.pem" "$algorithm.jar" "$ALIAS"
    pins 1
    jar xf "$algorithm.jar" META-INF 2>/dev/null
    block=$(find META-INF -name "*.RSA" -o -name "*.EC")
    check "openssl accepts the signature" openssl cms -verify -binary -inform DER -in "$block" -content META-INF/*.SF \
        -CAfile "$CARD/chain.pem" -purpose any -out read
    check "so does jarsigner" jarsigner -verify "$algorithm.jar"
    rm -r META-INF
done
finish
