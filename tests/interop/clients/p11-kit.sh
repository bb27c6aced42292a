# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# p11-kit that knows our module alone: in this mount namespace its folder of modules is ours.
mkdir modules
printf 'module: %s\n' "$M" >modules/acredita.module
mount --bind "$dir/modules" /usr/share/p11-kit/modules
PROXY=$(find /usr/lib -name p11-kit-proxy.so | head -n 1)
TOKEN=$(pkcs11-tool --module "$M" -L | sed -n 's/^ *token label *: *//p')
case $KEY in
rsa2048) MECHANISM=SHA256-RSA-PKCS FORMAT= ;;
p256) MECHANISM=ECDSA-SHA256 FORMAT='--signature-format openssl' ;;
esac
