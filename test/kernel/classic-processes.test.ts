/** Owns the proof that the program as a process is ipvsadm: streams, environment, and machines without IPVS. */

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ClassicPair, openClassicPair } from './support/classic-pair.ts';
import { output } from './support/command.ts';

const program = new URL('../../dist/ipvstx.js', import.meta.url).pathname;

let pair: ClassicPair;

beforeAll(async () => {
  pair = await openClassicPair();
});
afterAll(() => pair.close());
beforeEach(() => pair.reset());

const rules = `-A -t 192.0.2.1:80 -s wrr -p 60
-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 5
-A -t [2001:db8::1]:80 -s rr
-a -t [2001:db8::1]:80 -r [2001:db8:1::1]:8080 -m
`;

test.each([
  ['ipvsadm'],
  ['ipvsadm -Ln --stats'],
  ['ipvsadm -S -n'],
  ['ipvsadm -L --timeout'],
  ['ipvsadm -Lnc'],
  ['ipvsadm -v'],
  ['ipvsadm -A -t 192.0.2.1:80'],
  ['ipvsadm -A -t bad'],
  ['ipvsadm -L -Q'],
  ['ipvsadm -L -t 192.0.2.9:80'],
  ['ipvsadm -Q'],
  ['ipvsadm -R </dev/null'],
  ['ipvsadm -R <&-'],
  ['ipvsadm -R </'],
  ['ipvsadm -Ln >&-'],
  ['ipvsadm -A -t bad 2>&-'],
  ['POSIXLY_CORRECT= ipvsadm x -L'],
  ['POSIXLY_CORRECT= ipvsadm -L x -n'],
  ['POSIX_ME_HARDER=1 ipvsadm -L -n x --stats'],
  ['ipvsadm -L x -n'],
])('%s', async (script) => {
  await pair.compare(['-R'], rules);
  const { there, here } = await pair.inShell(script);
  expect(here).toEqual(there);
});

test('as a command of ipvstx', async () => {
  await pair.compare(['-R'], rules);
  const listed = await pair.own.run(`${program} ipvsadm -Ln`);
  expect(listed).toEqual(await pair.own.run(`${pair.programs}/ipvsadm -Ln`));
  expect(listed).toEqual(await pair.real.run('ipvsadm -Ln'));
});

test('a rule is executed as soon as its line has been read', async () => {
  const { own } = pair;
  await own.run('mkfifo /run/rules');
  const restoring = own.run(`${pair.programs}/ipvsadm -R </run/rules; echo ended`);
  const writer = spawn('sh', ['-c', 'exec cat >/run/rules']);
  writer.stdin.write('-A -t 192.0.2.1:80 -s rr\n');
  const listed = async () => (await pair.answer(['-Sn'])).stdout;
  while ((await listed()) === '') await sleep(50);
  expect(await listed()).toBe('-A -t 192.0.2.1:80 -s rr\n');
  writer.stdin.end('-A -t 192.0.2.2:80 -s rr\n');
  expect(await restoring).toEqual({ status: 0, stdout: 'ended\n', stderr: '' });
  expect(await listed()).toBe('-A -t 192.0.2.1:80 -s rr\n-A -t 192.0.2.2:80 -s rr\n');
});

test('without IPVS, and without the right to use it', async () => {
  const asNobody = await pair.inShell('setpriv --reuid=65534 --clear-groups ipvsadm -Ln 2>&1 | grep -v modprobe:');
  expect(asNobody.here).toEqual(asNobody.there);
  expect(asNobody.here.stdout).toContain('Permission denied (you must be root)');

  const { programs } = pair;
  await pair.close();
  // No more namespaces, so nothing uses the module; then nobody can find it any more.
  await output('sh', [
    '-c',
    'lsmod | sed -n "s/^\\(ip_vs[^ ]*\\).*/\\1/p" | grep -v "^ip_vs$" | xargs -r rmmod; rmmod ip_vs',
  ]);
  await output('sh', ['-c', 'mount -t tmpfs none /lib/modules']);
  const run = (path: string) =>
    output('sh', ['-c', `PATH=${path}:$PATH; for words in -Ln "-A -t bad" -Q; do ipvsadm $words 2>&1; echo $?; done`]);
  const there = await run('/usr/sbin');
  expect(there).toContain("Can't initialize ipvs: Protocol not available");
  expect(await run(programs)).toBe(there);
  await output('umount', ['/lib/modules']);
  pair = await openClassicPair();
});
