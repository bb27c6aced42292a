# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: ssh-keygen
# packages: openssh-client
# keys: rsa2048 p256
. "$CLIENTS/lib.sh"
row "lists the public key without a PIN" ssh-keygen -D "$M"
ssh-keygen -i -m PKCS8 -f "$CARD/public.pem" >expected
check "it is the certificate's key" grep -qF "$(cat expected)" out.txt
pins 0
finish
