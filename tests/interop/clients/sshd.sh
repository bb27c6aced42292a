# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A real sshd on port 2222 that lets in whoever holds the card's key, and a program that answers ssh's question for a PIN.
[ "$(id -u)" -eq 0 ] && mount -t tmpfs none /run && mkdir -m 755 /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host
ssh-keygen -i -m PKCS8 -f "$CARD/public.pem" >authorized
cat >sshd_config <<END
ListenAddress 127.0.0.1:2222
HostKey $dir/host
AuthorizedKeysFile $dir/authorized
AuthenticationMethods publickey
PermitRootLogin yes
StrictModes no
UsePAM no
PidFile none
LogLevel VERBOSE
END
printf '[127.0.0.1]:2222 %s\n' "$(cut -d' ' -f1,2 host.pub)" >known
cat >askpin <<END
#!/bin/sh
echo asked >>$dir/asked
cat $dir/pin
END
chmod 700 askpin
# ssh looks for its files in the home of the account, not in \$HOME.
cat >ssh_config <<END
Host card
HostName 127.0.0.1
Port 2222
User $(id -un)
UserKnownHostsFile $dir/known
PasswordAuthentication no
END
SSH_ASKPASS=$dir/askpin SSH_ASKPASS_REQUIRE=force
export SSH_ASKPASS SSH_ASKPASS_REQUIRE
serve sshd.log /usr/sbin/sshd -D -e -f "$dir/sshd_config"
listening 2222
case $KEY in
rsa2048) algorithms='rsa-sha2-256 rsa-sha2-512' ;;
p256) algorithms=ecdsa-sha2-nistp256 ;;
esac
# As a pattern.
fingerprint=$(ssh-keygen -lf authorized | cut -d' ' -f2 | sed 's/[^A-Za-z0-9]/./g')
