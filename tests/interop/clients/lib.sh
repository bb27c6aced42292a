# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Shared by the scripts of the clients; ../client.sh sets what is in capitals here. Each runs in a directory of its own.
set -eu
dir=$(mktemp -d)
cd "$dir"
umask 077
HOME=$dir
XDG_RUNTIME_DIR=$dir
export HOME XDG_RUNTIME_DIR
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
ip link set lo up
servers=""
# The first process of its namespace: nobody else reaps the servers it ended.
leave() {
    code=$?
    for server in $servers; do kill "$server" 2>/dev/null || true; done
    cd /
    rm -rf "$dir"
    exit "$code"
}
trap leave EXIT

M=$ACREDITA_MODULE
PIN=123456
ID=$(cat "$CARD/id")
LABEL=$(cat "$CARD/label")
SUBJECT='MUESTRA PR.*CTICA LUC.*A - 00000000T'
# The ID as a PKCS #11 URI writes it (RFC 7512, 2.3).
URI="pkcs11:id=$(printf '%s' "$ID" | sed 's/../%&/g')"
printf '%s\n' "$PIN" >pin
printf 'texto que se firma\n' >text

fail() {
    echo "FAIL $*"
    for file in out.txt check.txt *.log; do
        [ ! -s "$file" ] || { echo "--- $file"; tail -n 60 "$file"; }
    done
    [ -z "${SHOW_TRANSCRIPT:-}" ] || cut -c1-160 "$TRANSCRIPT"
    exit 1
}

# One command of the client: must end with exit code 0, within a minute; goes into the table.
row() { # WHAT COMMAND...
    what=$1
    shift
    code=0
    timeout --foreground "${LIMIT:-60}" "$@" >out.txt 2>&1 || code=$?
    record "$what" "$code" "$@"
}
# The same for a client that serves until it is told to end.
ended() { # WHAT PID COMMAND...
    what=$1
    kill "$2"
    code=0
    wait "$2" || code=$?
    shift 2
    record "$what" "$code" "$@"
}
record() { # WHAT CODE COMMAND...
    what=$1
    code=$2
    shift 2
    [ "${1##*/}" != sh ] || [ "$2" != -c ] || shift 2
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$CLIENT" "$VERSION" "$KEY" "$what" "$(shown "$*")" "$code" >>"$ROWS"
    [ "$code" -eq 0 ] || fail "$CLIENT, $KEY: $what: exit code $code of: $*"
    echo "ok   $CLIENT, $KEY: $what"
}
shown() { # COMMAND, as a reader elsewhere would type it
    printf '%s' "$1" | tr '\t\n' '  ' |
        sed -e "s|$M|\$MODULE|g" -e "s|$dir/||g" -e "s|$SERVER/||g" -e "s|$URI|\$URI|g" -e "s|$ID|\$ID|g" -e "s|$CLIENTS/||g" \
            -e "s|$LABEL|\$LABEL|g" -e "s|${ALIAS:-$LABEL}|\$ALIAS|g" -e 's/  */ /g'
}
# What other tools say about the outcome.
check() { # SENTENCE COMMAND...
    sentence=$1
    shift
    "$@" >check.txt 2>&1 || fail "$CLIENT, $KEY: $sentence: exit code $? of: $*"
    echo "ok   $CLIENT, $KEY: $sentence"
}
shows() { # SENTENCE PATTERN FILE; a server may be a little late with what it logs
    case $3 in *.log) wait_for "$1" grep -Eq -- "$2" "$3" ;; esac
    grep -Eq -- "$2" "$3" || fail "$CLIENT, $KEY: $1: no \"$2\" in $3"
    echo "ok   $CLIENT, $KEY: $1"
}

# VERIFY commands that carried a PIN, since the last time it was asked.
seen=0
entered() { grep -c '^> 0 002000.. Lc=8 ' "$TRANSCRIPT" || true; }
pins_new() { seen=$(entered); }
pins() { # NUMBER
    total=$(entered)
    [ $((total - seen)) -eq "$1" ] || fail "$CLIENT, $KEY: the PIN went to the card $((total - seen)) times, not $1"
    seen=$total
    echo "ok   $CLIENT, $KEY: the PIN went to the card $1 time(s)"
}

serve() { # LOG COMMAND...: a server until the script ends
    log=$1
    shift
    "$@" >"$log" 2>&1 &
    server=$!
    servers="$servers $server"
}
wait_for() { # SENTENCE COMMAND...: until it holds
    sentence=$1
    shift
    tries=300
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "$CLIENT, $KEY: still not so: $sentence"
        sleep 0.1
    done
}
listening() { # PORT
    wait_for "somebody listens on port $1" sh -c "ss -Hltn | grep -q ':$1 '"
}
stop() { # PID
    kill "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# Nothing of the client's may be left running: its namespace holds this shell and the servers alone.
finish() {
    for server in $servers; do stop "$server"; done
    servers=""
    wait_for "everything the client started has ended" alone
}
alone() {
    ps -e -o pid= -o args= >all.log
    ! grep -v -e '<defunct>' -e '^ *1 ' -e ' ps -e -o pid= -o args=$' all.log >left.log
}

# TLS servers that ask for a certificate, on port 4433 of a network that is ours alone.
openssl_server() { # OPTION...
    serve server.log openssl s_server -accept 4433 -cert "$SERVER/server.pem" -key "$SERVER/server.key" \
        -Verify 2 -verify_return_error -CAfile "$CARD/chain.pem" -www "$@"
    listening 4433
}
gnutls_server() { # PRIORITY
    serve server.log gnutls-serv --port 4433 --http --require-client-cert --verify-client-cert \
        --x509cafile "$CARD/chain.pem" --x509certfile "$SERVER/server.pem" --x509keyfile "$SERVER/server.key" \
        --priority "$1"
    listening 4433
}
