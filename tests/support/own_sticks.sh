#!/bin/sh
# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# own_sticks.sh UDEV_FOLDER COMMAND...: runs COMMAND with a system bus, a udevd, a polkitd and a UDisks2 of its own, all
# real, set up as UDEV_FOLDER (what udev/ installs) says; "-" sets up nothing. Mounts, network, processes, /dev, /run
# and /etc are the command's own too: the PC's bus, udev and mounts are not touched, and everything ends with the
# command. Loop devices are the kernel's, which has only one set; those that hold a file of $ACREDITA_IMAGES are let go.
# ACREDITA_MOCKED=yes: without UDisks2, which COMMAND plays itself.
set -eu

skip() { echo "SKIPPED: $*"; exit 77; }

if [ "$1" != --inside ]; then
    [ "$(id -u)" = 0 ] || skip "only root can have a bus, a udevd and mounts of its own"
    for program in dbus-daemon udevadm losetup unshare; do
        command -v $program >/dev/null || skip "there is no $program"
    done
    [ -x /usr/libexec/udisks2/udisksd ] || skip "there is no UDisks2"
    [ -x /lib/systemd/systemd-udevd ] || skip "there is no udevd"
    [ -e /dev/loop-control ] || skip "this kernel has no loop devices"
    unshare --mount --net --pid --fork true 2>/dev/null || skip "no namespaces of one's own here"
    ACREDITA_IMAGES=$(mktemp -d)
    export ACREDITA_IMAGES
    let_go() {
        losetup --list --noheadings --output NAME,BACK-FILE | grep -F " $ACREDITA_IMAGES/" | while read -r device _; do
            losetup --detach "$device"
        done
        rm -rf "$ACREDITA_IMAGES"
    }
    trap let_go EXIT
    trap 'exit 143' TERM INT
    code=0
    unshare --mount --net --pid --fork --kill-child --mount-proc sh "$0" --inside "$@" || code=$?
    exit "$code"
fi
shift
setup=$1
shift

mount -t tmpfs -o mode=755 none /run
mkdir -p /run/dbus /run/udev/rules.d /run/lock /run/mount /run/upper /run/work /run/dev
mount -t tmpfs -o mode=755 none /media
mount -t tmpfs -o mode=755 none /mnt
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/fuse /dev/loop* /run/dev
mkdir -p /run/dev/shm /run/dev/pts
mount --bind /run/dev /dev
if ! mount -t overlay none -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc 2>/dev/null; then
    cp -a /etc/. /run/upper/
    mount --bind /run/upper /etc
fi
ip link set lo up

# The kiosk's user, and somebody else.
echo 'acredita-kiosk:x:64901:64901::/:/usr/sbin/nologin' >>/etc/passwd
echo 'acredita-kiosk:x:64901:' >>/etc/group
echo 'visitor:x:64902:64902::/:/usr/sbin/nologin' >>/etc/passwd
echo 'visitor:x:64902:' >>/etc/group
rm -f /etc/udisks2/mount_options.conf /etc/polkit-1/rules.d/*acredita*
# A loop device is a disk of the system to UDisks; here it plays a stick.
echo 'SUBSYSTEM=="block", KERNEL=="loop*", ENV{UDISKS_SYSTEM}="0"' >/run/udev/rules.d/99-loop-is-a-stick.rules
if [ "$setup" != - ]; then
    install -D -m 644 "$setup/mount_options.conf" /etc/udisks2/mount_options.conf
    install -D -m 644 "$setup/acredita.rules" /run/udev/rules.d/95-acredita.rules
    install -D -m 644 "$setup/polkit.rules" /etc/polkit-1/rules.d/40-acredita.rules
    # The actions of pcscd as later versions of Debian have them, whose pcscd asks polkit.
    mkdir /run/actions
    cp -a /usr/share/polkit-1/actions/. /run/actions/
    for action in access_pcsc access_card; do
        echo "<policyconfig><action id=\"org.debian.pcsc-lite.$action\"><defaults><allow_any>no</allow_any>" \
            "<allow_inactive>no</allow_inactive><allow_active>yes</allow_active></defaults></action></policyconfig>" \
            >/run/actions/test.$action.policy
    done
    mount --bind /run/actions /usr/share/polkit-1/actions
fi

until_there() { # COMMAND...: waits a minute at most
    tries=0
    until "$@" >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { echo "does not come: $*" >&2; exit 1; }
        sleep 0.1
    done
}
dbus-daemon --config-file=/usr/share/dbus-1/system.conf --nofork --nopidfile 2>/run/dbus.log &
until_there test -S /run/dbus/system_bus_socket
/lib/systemd/systemd-udevd >/run/udevd.log 2>&1 &
until_there udevadm control --ping
/usr/lib/polkit-1/polkitd --no-debug >/run/polkitd.log 2>&1 &
until_there busctl --system status org.freedesktop.PolicyKit1
if [ "${ACREDITA_MOCKED:-}" != yes ]; then
    /usr/libexec/udisks2/udisksd >/run/udisksd.log 2>&1 &
    echo $! >/run/udisksd.pid
    until_there busctl --system status org.freedesktop.UDisks2
fi

code=0
"$@" || code=$?
if [ "$code" != 0 ] && [ "$code" != 77 ]; then
    tail -n 8 /run/*d.log >&2 || true
fi
exit "$code"
