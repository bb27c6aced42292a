# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: AutoFirma's way in (Java)
# packages: openjdk-17-jdk-headless libnss3-tools libnss3
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
. "$CLIENTS/java.sh"
. "$CLIENTS/nss.sh"
database
# AutoFirma reads the lines of pkcs11.txt as they are.
check "the module's path holds no space" sh -c "! printf '%s' '$M' | grep -q '[[:space:]]'"
javac -d classes "$CLIENTS/CardSigner.java" 2>javac.log
signs() { # SENTENCE MODE PLACE
    row "$1" java -cp classes CardSigner "$2" "$3" "$PIN" text signature
    shows "the PIN was asked for once" '^asked 1 time' out.txt
    check "openssl accepts the signature" openssl dgst -sha256 -verify "$CARD/public.pem" -signature signature text
    check "the certificate is the one that was loaded" sh -c "openssl x509 -inform DER -in signature.der | cmp - $CARD/certificate.pem"
    pins 1
}
signs "signs by a module found in the Firefox profile" profile db
signs "signs by a SunPKCS11 configuration as AutoFirma writes it" library "$M"
signs "signs by the module NSS found in the profile (nssSecmodDirectory)" secmod "$dir/db"
finish
