/** Owns the proof that a machine comes up with its table: real boots, whose init runs what the unit says. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { bundle, program } from '../../src/packaging/build.mjs';
import { runInKernel, withOwnBuild } from '../kernel/boot.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { type UnitCommand, readUnit, unitDirectory } from './unit-file.ts';

const root = join(import.meta.dirname, '../..');
const unit = readUnit('ipvstx-restore.service');

const good = `service web {
  tcp 192.0.2.10 port 80
  scheduler rr
  forward masq
  backend 10.0.1.11
  backend 10.0.1.12
}
sync master { interface lo; id 3 }
`;
const saved = [
  '--start-daemon master --mcast-interface lo --syncid 3 --mcast-group 224.0.0.81 --mcast-port 8848 --mcast-ttl 1 --sync-maxlen 1472',
  '-A -t 192.0.2.10:80 -s rr',
  '-a -t 192.0.2.10:80 -r 10.0.1.11:80 -m -w 1',
  '-a -t 192.0.2.10:80 -r 10.0.1.12:80 -m -w 1',
];

let state: string;

beforeEach(() => {
  state = temporaryDirectory('boot-state');
});

/** A line of a script that runs a command as the unit would, and says how it ended. */
function asUnit({ command, mayFail, privileged }: UnitCommand): string {
  const names = unit.capabilities.map((name) => `+${name.replace('CAP_', '').toLowerCase()}`);
  const sandboxed = `setpriv --no-new-privs --bounding-set=-all,${names.join(',')} -- ${command}`;
  const run = privileged ? command : sandboxed;
  return mayFail ? `${run} || true` : `${run}; echo "status $?"`;
}

/** Boots a machine with this file, which runs the unit and then the script; the state outlives it. What it said. */
async function boot(file: string, script: readonly string[]): Promise<string> {
  const directory = temporaryDirectory('boot');
  await bundle(program, join(directory, 'dist'));
  writeFileSync(join(directory, 'director.ipvs'), file);
  const lines = [
    'modprobe -r ip_vs_rr ip_vs',
    `ln -s "$PWD/dist/ipvstx.js" /usr/bin/ipvstx`,
    'mkdir -p /etc/ipvstx /var/lib /run/disk',
    'cp /run/job/director.ipvs /etc/ipvstx/',
    // The files of this machine stand in for its disk: the state is copied, as what they are not is a file system.
    `mount -t hostfs -o ${state} disk /run/disk`,
    // This machine may have state of its own, which is under what the test kernel writes.
    'rm -rf /var/lib/ipvstx',
    'cp -a /run/disk /var/lib/ipvstx',
    ...script,
    'cp -a /var/lib/ipvstx/. /run/disk/',
  ];
  writeFileSync(join(directory, 'boot.sh'), `${lines.join('\n')}\n`);
  let said = '';
  const status = await runInKernel({
    command: [...withOwnBuild, 'bash', '/run/job/boot.sh'],
    cwd: root,
    directory,
    seconds: 500,
    onOutput: (text) => {
      said += text;
    },
  });
  expect({ status, said }).toEqual({ status: 0, said });
  return said;
}

const start = unit.start.map(asUnit);
const save = 'ipvstx save | grep -v ^--set';

test('a cold table is restored, and once more without a change; a crash and a bad file do not keep the next boot down', async () => {
  const first = await boot(good, [
    ...start,
    ...unit.reload.map(asUnit),
    save,
    // A run that waits for its confirmation when the power goes.
    'printf -- "-A -t 192.0.2.99:80\\n" >/run/other.rules',
    'ipvstx apply /run/other.rules --yes --quiet --no-rehearse --allow-empty --confirm-within 1h &',
    'until ls /var/lib/ipvstx/init/pending/waiting 2>/dev/null; do sleep 0.2; done',
    'ipvstx save | grep -c 192.0.2.99',
  ]);
  expect(first.split('\n').filter((line) => !/^(not rehearsed|applying): /.test(line))).toEqual([
    'applied and verified: 4 added, 0 changed, 0 removed',
    'status 0',
    'nothing to do: the table is as desired',
    'status 0',
    ...saved,
    '/var/lib/ipvstx/init/pending/waiting',
    '1',
    '',
  ]);

  const second = await boot(good.replace('backend', 'bakcend'), [...start, save, 'ls /var/lib/ipvstx/init']);
  expect(second).toContain("director.ipvs can't be applied; generation 1 (/etc/ipvstx/director.ipvs) is restored");
  expect(second).toContain('status 3\n');
  expect(second).toContain(`${saved.join('\n')}\n`);
  expect(second).not.toContain('pending');
});

test('to stop the unit runs nothing', () => {
  expect([...unit.settings.keys()].filter((key) => key.startsWith('ExecStop'))).toEqual([]);
  expect(readFileSync(`${unitDirectory}ipvstx-restore.service`, 'utf8')).toContain('RemainAfterExit=yes');
});
