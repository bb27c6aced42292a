#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# The real Firefox ESR, headless and with a fresh profile: `acredita register` writes the machine's policies, Firefox
# loads the module because of them, and forgets it after `acredita unregister`.
#
#   sh firefox_loads_the_module.sh ACREDITA MODULE
command -v firefox-esr >/dev/null || { echo "SKIPPED: there is no Firefox ESR"; exit 77; }
. "$(dirname "$0")/own_machine.sh"
acredita=$1
module=$2
browser=
end_browser() {
    [ -z "$browser" ] || { kill "$browser" 2>/dev/null || true; wait "$browser" 2>/dev/null || true; }
    browser=
}
trap end_browser EXIT

mkdir "$DIR/home" "$DIR/profile"
start_firefox() {
    HOME=$DIR/home MOZ_HEADLESS=1 firefox-esr --headless --no-remote --profile "$DIR/profile" about:blank \
        >"$DIR/firefox.log" 2>&1 &
    browser=$!
}
soon() { # SENTENCE COMMAND...: true within a minute
    sentence=$1
    shift
    for _ in $(seq 240); do
        if "$@"; then
            echo "ok   $sentence"
            return
        fi
        sleep 0.25
    done
    echo "FAIL $sentence"
    cat "$DIR/profile/pkcs11.txt" /etc/firefox/policies/policies.json "$DIR/firefox.log" || true
    exit 1
}
profile_names_us() { grep -qx "library=$module" "$DIR/profile/pkcs11.txt" 2>/dev/null; }
profile_forgot_us() { grep -q '^library=' "$DIR/profile/pkcs11.txt" && ! grep -q Acredita "$DIR/profile/pkcs11.txt"; }
module_is_mapped() { # in Firefox or a process of its own for modules
    for maps in /proc/"$browser"/maps $(children "$browser"); do
        ! grep -qs "$module" "$maps" || return 0
    done
    return 1
}
children() {
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do echo "/proc/$child/maps"; done
}

mkdir -p /etc/firefox/policies
echo '{"policies": {"DisableTelemetry": true}}' >/etc/firefox/policies/policies.json
holds "the module is registered" "$acredita" register --system --firefox --module "$module"
holds "the other policy is still there" grep -q DisableTelemetry /etc/firefox/policies/policies.json
start_firefox
soon "Firefox has loaded the module" module_is_mapped
soon "the profile remembers the module, where AutoFirma looks for it" profile_names_us
end_browser

holds "the module is taken out" "$acredita" unregister --system --firefox --module "$module"
start_firefox
soon "Firefox has forgotten the module" profile_forgot_us
end_browser
