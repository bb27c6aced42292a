# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: keytool (SunPKCS11)
# packages: openjdk-17-jdk-headless
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/java.sh"
row "lists the card's entries" keytool -J-Dfile.encoding=ISO-8859-1 -list -keystore NONE -storetype PKCS11 -storepass "$PIN" -addprovider SunPKCS11 \
    -providerarg card.cfg
shows "the key and its certificate as one entry" 'PrivateKeyEntry' out.txt
shows "its name with the accents it has" 'PRÁCTICA LUCÍA' out.txt
pins 1
row "exports the certificate" keytool -exportcert -rfc -alias "$ALIAS" -file exported.pem -keystore NONE -storetype PKCS11 \
    -storepass "$PIN" -addprovider SunPKCS11 -providerarg card.cfg
check "it is the one that was loaded" sh -c "openssl x509 -in exported.pem | cmp - $CARD/certificate.pem"
pins 1
finish
