# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: ssh-agent, ssh-add
# packages: openssh-client openssh-server
# keys: rsa2048 p256
# needs: root
. "$CLIENTS/lib.sh"
. "$CLIENTS/sshd.sh"
serve agent.log ssh-agent -D -a "$dir/agent" -P "$(dirname "$M")/*"
wait_for "the agent answers" [ -S agent ]
SSH_AUTH_SOCK=$dir/agent
export SSH_AUTH_SOCK
row "the agent takes the card in" ssh-add -s "$M"
row "the agent lists the card's key" ssh-add -l
shows "it is the certificate's" "$fingerprint" out.txt
check "the PIN was asked for once" [ "$(cat asked)" = asked ]
for turn in first second; do
    row "ssh logs in through the agent, $turn time" ssh -F ssh_config card true
done
shows "sshd accepted the card's key" "Accepted publickey.*$fingerprint" sshd.log
pins 1
row "the agent lets the card go" ssh-add -e "$M"
check "and no longer has its key" sh -c '! ssh-add -l'
row "the agent takes the card in again" ssh-add -s "$M"
row "ssh logs in through the agent again" ssh -F ssh_config card true
pins 1
row "the agent lets the card go again" ssh-add -e "$M"
finish
