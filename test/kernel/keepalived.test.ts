/** Owns the proof that a source which owns what it declares lives beside keepalived on the same table. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { namespace } from './support/namespace.ts';

const keepalived = `
global_defs {
  router_id test
}
virtual_server 192.0.2.50 80 {
  lb_algo rr
  lb_kind NAT
  protocol TCP
  real_server 10.0.0.51 80 {
    weight 3
  }
  real_server 10.0.0.52 80 {
    weight 4
  }
}
virtual_server 2001:db8::50 80 {
  lb_algo wlc
  lb_kind DR
  protocol TCP
  real_server 2001:db8:1::51 80 {
    weight 1
  }
}
`;
const theirs = [
  '-A -t 192.0.2.50:80 -s rr',
  '-a -t 192.0.2.50:80 -r 10.0.0.51:80 -m -w 3',
  '-a -t 192.0.2.50:80 -r 10.0.0.52:80 -m -w 4',
  '-A -t [2001:db8::50]:80 -s wlc',
  '-a -t [2001:db8::50]:80 -r [2001:db8:1::51]:80 -g -w 1',
];

const ours = `own declared
service web {
  tcp 192.0.2.10 port 80
  scheduler rr
  forward masq
  backend 10.0.0.1
  backend 10.0.0.2
}
`;

test('keepalived keeps its services through every apply, and its end takes away only its own', async () => {
  const director = await namespace();
  const directory = mkdtempSync('/run/keepalived-');
  const [file, source] = [join(directory, 'keepalived.conf'), join(directory, 'site.ipvs')];
  writeFileSync(file, keepalived);
  const pids = ['--pid', join(directory, 'pid'), '--checkers_pid', join(directory, 'checkers')];
  const words = ['--dont-fork', '--check', '--log-console', '--use-file', file, ...pids];
  const enter = [`--net=/run/netns/${director.name}`, '--', 'keepalived', ...words];
  const child = spawn('nsenter', enter, { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));

  const live = async () => (await director.ipvsadm(['-Sn'])).stdout.trimEnd().split('\n').toSorted();
  const expectTable = async (...lines: readonly string[]) => expect(await live()).toEqual(lines.toSorted());
  await vi.waitFor(() => expectTable(...theirs), { timeout: 60_000, interval: 500 });

  const apply = async (text: string) => {
    writeFileSync(source, text);
    return director.ipvstx(['apply', source, '--yes', '--no-rehearse', '--state-dir', join(directory, 'state')]);
  };
  const added = await apply(ours);
  expect(added).toMatchObject({ status: 0 });
  expect(added.stderr).toContain(
    'Left    2 services of other programs: tcp 192.0.2.50 port 80, tcp 2001:db8::50 port 80\n',
  );
  const service = '-A -t 192.0.2.10:80 -s rr';
  const [first, second] = ['1', '2'].map((last) => `-a -t 192.0.2.10:80 -r 10.0.0.${last}:80 -m -w 1`);
  await expectTable(...theirs, service, first ?? '', second ?? '');

  expect(await apply(ours.replace('  backend 10.0.0.2\n', ''))).toMatchObject({ status: 0 });
  await expectTable(...theirs, service, first ?? '');
  // What the last generation named is ours, though the source names it no more.
  expect(await apply(ours.replaceAll('192.0.2.10', '192.0.2.11'))).toMatchObject({ status: 0 });
  const moved = [service, first ?? '', second ?? ''].map((line) => line.replace('192.0.2.10', '192.0.2.11'));
  await expectTable(...theirs, ...moved);

  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  await once(child, 'exit');
  await expectTable(...moved);
});
