# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: p11tool (GnuTLS)
# packages: gnutls-bin
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
GNUTLS_PIN=$PIN
export GNUTLS_PIN
row "lists the tokens" p11tool --provider "$M" --list-tokens
row "lists the certificates without a PIN" p11tool --provider "$M" --list-all-certs "$URI"
shows "with their labels" "Label: MUESTRA" out.txt
pins 0
row "exports the certificate" p11tool --provider "$M" --export "$URI;type=cert" --outfile exported.pem
check "it is the one that was loaded" sh -c "openssl x509 -in exported.pem | cmp - $CARD/certificate.pem"
pins 0
row "lists everything" p11tool --provider "$M" --login --list-all "$URI"
shows "the private key among it" 'Type: Private key' out.txt
# It opens and closes a session for each kind of object, and logs in again each time.
pins_new
row "signs for a test" p11tool --provider "$M" --login --test-sign "$URI;type=private"
shows "and accepts its signature" 'ok$' out.txt
pins 1
if [ "$KEY" = rsa2048 ]; then
    row "signs for a test with PSS" p11tool --provider "$M" --login --sign-params=RSA-PSS --test-sign "$URI;type=private"
    pins 1
fi
finish
