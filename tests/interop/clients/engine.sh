# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# OpenSSL told where libp11's engine is and which module it loads.
engine=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')/pkcs11.so
cat >engine.cnf <<END
openssl_conf = init
[init]
engines = engines
[engines]
pkcs11 = pkcs11
[pkcs11]
engine_id = pkcs11
dynamic_path = $engine
MODULE_PATH = $M
init = 0
END
OPENSSL_CONF=$dir/engine.cnf
export OPENSSL_CONF
