# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: ssh
# packages: openssh-client openssh-server
# keys: rsa2048 p256
# needs: root
. "$CLIENTS/lib.sh"
. "$CLIENTS/sshd.sh"
for algorithm in $algorithms; do
    rm -f asked
    row "logs in with $algorithm" ssh -F ssh_config -I "$M" -o PubkeyAcceptedAlgorithms="$algorithm" card true
    shows "sshd accepted the card's key" "Accepted publickey.*$fingerprint" sshd.log
    check "the PIN was asked for once" [ "$(cat asked)" = asked ]
    pins 1
done
finish
