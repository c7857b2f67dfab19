/**
 * Owns the proof that scripts do not notice which of the two programs is /sbin/ipvsadm: what ldirectord, monitoring,
 * the init script of Debian and the unit of Red Hat call.
 */

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ClassicPair, openClassicPair } from './support/classic-pair.ts';
import type { CommandResult } from './support/command.ts';
import { quoted } from './support/shell.ts';

let pair: ClassicPair;

beforeAll(async () => {
  pair = await openClassicPair();
  // A machine of which only these three programs are others.
  await pair.own.run(`cp -a /usr/sbin /run/sbin
    for name in ipvsadm ipvsadm-save ipvsadm-restore; do
      ln -sfn "$(readlink ${pair.programs}/$name)" /run/sbin/$name
    done`);
});
afterAll(() => pair.close());
beforeEach(() => pair.reset());

/** Runs a script on a machine with each of the programs in /sbin; its files are in a directory of its own. */
async function onBoth(script: string): Promise<{ readonly there: CommandResult; readonly here: CommandResult }> {
  const files = 'mount -t tmpfs none /mnt && cd /mnt';
  const there = await pair.real.run(`exec unshare --mount bash -c ${quoted(`${files}\n${script}`)}`);
  const here = await pair.own.run(
    `exec unshare --mount bash -c ${quoted(`mount --bind /run/sbin /usr/sbin && ${files}\n${script}`)}`,
  );
  return { there, here };
}

test('a director that ldirectord runs', { timeout: 900_000 }, async () => {
  const { there, here } = await onBoth(`
    ipvsadm=/sbin/ipvsadm; vip=192.0.2.10
    say() { "$@" 2>&1; echo "= $?"; }
    say $ipvsadm -v 2>/dev/null | head -1
    say $ipvsadm -A -t $vip:80 -s rr -p 600 -M 255.255.255.0
    say $ipvsadm -A -f 1 -s wlc
    say $ipvsadm -a -t $vip:80 -r 10.0.0.1:80 -g -w 1
    say $ipvsadm -a -t $vip:80 -r 10.0.0.2:80 -g -w 1
    say $ipvsadm -a -t $vip:80 -r 10.0.0.2:80 -g -w 1
    say $ipvsadm -a -f 1 -r 10.0.0.3 -m -w 5
    say $ipvsadm -e -t $vip:80 -r 10.0.0.1:80 -g -w 0
    say $ipvsadm -a -t $vip:80 -r 127.0.0.1:80 -g -w 1
    say $ipvsadm -L -n
    say $ipvsadm -d -t $vip:80 -r 10.0.0.1:80
    say $ipvsadm -d -t $vip:80 -r 10.0.0.1:80
    say $ipvsadm -E -t $vip:80 -s wrr -p 600
    say $ipvsadm -D -t $vip:443
    $ipvsadm -Ln | awk '/^TCP/ { vip = $2 } /->/ && vip { print vip, $2, $4, $5 + $6 }'
    $ipvsadm -Lnc | grep -c ESTABLISHED
    $ipvsadm -ln --stats --exact -t $vip:80
    $ipvsadm --list --numeric --rate
    $ipvsadm --save --numeric >rules && $ipvsadm --clear && $ipvsadm --restore <rules && $ipvsadm -Sn | diff rules - && echo same
    say $ipvsadm`);
  expect(here).toEqual(there);
  expect(here.stdout).toContain('TCP  192.0.2.10:http wrr persistent 600\n');
});

test("the init script of Debian's package", { timeout: 900_000 }, async () => {
  const { there, here } = await onBoth(`
    mkdir default
    printf 'AUTO=true\\nDAEMON=both\\nIFACE=lo\\nIPVSADM_RULES=/mnt/rules\\n' >default/ipvsadm
    sed 's:/etc/default/:/mnt/default/:; s:/etc/ipvsadm.rules:/mnt/rules:; s:^. /lib/lsb/.*:. /mnt/functions:' /etc/init.d/ipvsadm >init
    printf '%s\\n' 'log_daemon_msg() { echo "$@"; }' 'log_progress_msg() { echo "$@"; }' 'log_end_msg() { echo "end $1"; }' \\
      'log_action_msg() { echo "$@"; }' 'log_action_begin_msg() { echo "$@"; }' 'log_action_end_msg() { echo "end $1"; }' >functions
    printf '# rules\\n-A -t 192.0.2.10:80 -s rr\\n-a -t 192.0.2.10:80 -r 10.0.0.1:80 -m\\n' >rules
    for action in start start status rate save stop status load restart; do echo "- $action"; sh init $action 2>&1; done
    cat rules
    echo '-A -t bad' >rules; sh init reload 2>&1; sh init stop 2>&1; ipvsadm -L --daemon`);
  expect(here).toEqual(there);
  expect(here.stdout).toContain('Daemon has already run');
});

test('the unit of Red Hat, and a file that is kept over both programs', { timeout: 900_000 }, async () => {
  const { there, here } = await onBoth(`
    say() { "$@" 2>&1; echo "= $?"; }
    printf -- '# written by hand\\n-A -t 192.0.2.10:80 -s wrr\\n-a -t 192.0.2.10:80 -r 10.0.0.1:80 -m -w 5\\n' >sysconfig
    printf -- '-A -u [2001:db8::10]:53 -s rr -o\\n-a -u [2001:db8::10]:53 -r [2001:db8:1::1]:53 -m -w 1' >>sysconfig
    say bash -c 'exec /sbin/ipvsadm-restore < sysconfig'
    say ipvsadm -Ln
    say bash -c 'exec /sbin/ipvsadm-save -n > sysconfig'
    say ipvsadm -C
    say bash -c 'exec /sbin/ipvsadm-restore -n --numeric word < sysconfig'
    say ipvsadm -Sn
    say ipvsadm -R <sysconfig
    ipvsadm -C; say ipvsadm -R <sysconfig; ipvsadm -Sn
    grep '^-[Aa]' sysconfig
    ipvsadm -S | ipvsadm-restore; say ipvsadm -L
    say ipvsadm-restore </dev/null; say ipvsadm -Sn
    bash -c 'exec /sbin/ipvsadm-restore < missing' 2>/dev/null; echo "= $?"`);
  expect(here).toEqual(there);
  expect(here.stdout).toContain('-w 5');
});
