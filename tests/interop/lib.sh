# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Shared by the interop scripts: each runs inside `acredita practice`, with $ACREDITA (the CLI) and $ACREDITA_MODULE
# set, in a directory of its own that is removed afterwards.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
HOME=$dir
export HOME

checks=0
check() { # SENTENCE COMMAND...
    sentence=$1
    shift
    if "$@" >out.txt 2>err.txt; then
        checks=$((checks + 1))
        echo "ok   $sentence"
    else
        echo "FAIL $sentence: $* (exit $?)"
        cat out.txt err.txt
        exit 1
    fi
}
shows() { # SENTENCE PATTERN COMMAND...
    sentence=$1
    pattern=$2
    shift 2
    if "$@" >out.txt 2>&1 && grep -Eq -- "$pattern" out.txt; then
        checks=$((checks + 1))
        echo "ok   $sentence"
    else
        echo "FAIL $sentence: no \"$pattern\" in the output of: $*"
        cat out.txt
        exit 1
    fi
}
finish() {
    [ "$checks" -gt 0 ]
    echo "$checks checks passed"
}

# key.pem, cert.pem, backup.p12 (password "contraseña 1"): KIND is rsa2048, rsa1024, p256 or p384.
make_backup() {
    case $1 in
    rsa*) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:"${1#rsa}" -out key.pem ;;
    p256) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem ;;
    p384) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem ;;
    esac 2>/dev/null || openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem 2>/dev/null
    openssl req -new -x509 -key key.pem -days 400 -subj "/C=ES/CN=EJEMPLO PRUEBA ANA - 00000000T/serialNumber=IDCES-00000000T" \
        -addext keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment -out cert.pem
    openssl x509 -in cert.pem -pubkey -noout >public.pem
    openssl pkcs12 -export -inkey key.pem -in cert.pem -name ejemplo -passout 'pass:contraseña 1' -out backup.p12
    printf 'contraseña 1\n' >passphrase
    printf '123456\n' >pin
    printf 'texto que se firma' >text
}
issue() { # FILE...
    "$ACREDITA" issue "$@" --passphrase-fd 7 --pin-fd 8 --factory-admin-key 7<passphrase 8<pin
}
