#!/bin/sh
# Owns process 1 of the test kernel: it makes a throw-away root, runs the job, says how that ended, and powers off.
#
# In: JOB, a directory of the host with an executable `command`; SECONDS_LIMIT. Both come from the kernel command line.
# Out: the console, where a line `<record separator>ready` stands before the job's output and `<record separator>exit N`
# behind it, and whatever the job writes to /run/job, which is the same directory.
#
# The root that the job sees is an overlay: this machine's files below, memory above. Whatever a test writes, deletes or
# installs is gone with the kernel, also if root runs the tests. pivot_root (not chroot) because the kernel itself starts
# /sbin/modprobe, for schedulers and engines on demand, and it must find its modules in the new root.
set -e
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
modules=/usr/lib/uml/modules/$(uname -r)

mount -t proc proc /proc
echo 1 >/proc/sys/kernel/printk
mount -t tmpfs tmpfs /run
insmod "$modules/kernel/fs/overlayfs/overlay.ko"
mkdir /run/upper /run/work /run/root
mount -t overlay -o lowerdir=/,upperdir=/run/upper,workdir=/run/work overlay /run/root
cd /run/root
mount -t proc proc proc
mount -t sysfs sys sys
mount -t devtmpfs dev dev
mkdir -p .host
pivot_root . .host
exec chroot . /bin/sh -ec '
  umount -l /.host
  ln -s /proc/self/fd /dev/fd
  mkdir -p /dev/shm /dev/pts /lib/modules
  mount -t tmpfs tmpfs /dev/shm
  mount -t devpts devpts /dev/pts
  mount -t tmpfs tmpfs /run
  mkdir /run/job
  mount -t hostfs -o "$JOB" job /run/job
  ln -sfn "$0" "/lib/modules/$(uname -r)"
  ip link set lo up # without it the kernel refuses every destination
  modprobe ip_vs
  stty -opost
  printf "\036ready\n"
  # Through a pipe, so that no program takes the console for a terminal with a person behind it. The last line goes the
  # same way, behind all output, and nothing waits for the end of the pipe: what the job left running may hold it open.
  {
    set +e
    timeout --kill-after=5 "$SECONDS_LIMIT" /run/job/command </dev/null 2>&1
    status=$?
    sync
    printf "\036exit %s\n" "$status"
    sleep 1
    echo o >/proc/sysrq-trigger
  } | cat
  sleep 60
' "$modules" </dev/console >/dev/console 2>&1
