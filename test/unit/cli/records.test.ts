/** Owns the proof of what commands make of the history: it is read, never made, and never believed if others could write it. */

import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tableToJson } from '../../../src/model/table-json.ts';
import type { Table } from '../../../src/model/table.ts';
import { openGenerations } from '../../../src/store/generations.ts';
import { openStateDirectory } from '../../../src/store/state-directory.ts';
import { type Run, runCommand } from '../../support/run-command.ts';
import { tableOf } from '../../support/tables.ts';

let directory: string;
let stateDirectory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-records-'));
  stateDirectory = join(directory, 'kernel.json.state');
});

afterEach(() => rmSync(directory, { recursive: true }));

function run(line: string): Promise<Run> {
  return runCommand([...line.split(' '), '--kernel', 'memory:kernel.json'], { directory });
}

/** As an apply writes it down. */
async function record(table: Table, source: string): Promise<void> {
  const generations = await openGenerations(await (await openStateDirectory(stateDirectory)).directory('memory'));
  const [time, user, command] = ['2026-01-02T03:04:05.000Z', 'root', `apply ${source}`];
  await generations.add({ time, user, command, source, fingerprint: 'f', transaction: 't' }, table);
}

const backend = (weight: number) => ({ '10.0.0.1 port 80': { weight } });

const weighted = (first: number, second: number): Table =>
  tableOf({
    'tcp 192.0.2.1 port 80': { backends: backend(first) },
    'tcp 192.0.2.2 port 80': { backends: backend(second) },
  });

const site = weighted(7, 9);

/** As another program makes it. */
function makeLive(first: number, second: number): void {
  writeFileSync(join(directory, 'kernel.json'), JSON.stringify(tableToJson(weighted(first, second))));
}

const rules = (first: number, second: number): string =>
  `-A -t 192.0.2.1:80 -s wlc
-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w ${first}
-A -t 192.0.2.2:80 -s wlc
-a -t 192.0.2.2:80 -r 10.0.0.1:80 -m -w ${second}
`;

test('drift is told apart from what was applied', async () => {
  await record(site, 'site.rules');
  makeLive(7, 9);
  const same = await run('drift');
  expect(same).toMatchObject({ status: 0, stderr: '' });
  expect(same.stdout).toContain(
    'Source  generation 0: site.rules, applied 2026-01-02T03:04:05.000Z by root\n\nNo changes.',
  );
  makeLive(7, 8);
  const moved = await run('drift');
  expect(moved.status).toBe(2);
  expect(moved.stdout).toContain('! backend 10.0.0.1 port 80  weight 8 -> 9');
  expect(JSON.parse((await run('drift --json')).stdout)).toMatchObject({ summary: { change: 1 } });
});

test('without a history drift is an error, and nothing is made', async () => {
  expect(await run('drift')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'ipvstx: there is no generation: nothing was applied here yet\nhelp: compare with a source: ipvstx plan SOURCE\n',
  });
  expect(existsSync(stateDirectory)).toBe(false);
});

test('a history that others could have written is not believed', async () => {
  await record(site, 'site.rules');
  chmodSync(stateDirectory, 0o755);
  const { status, stdout, stderr } = await run('drift');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(`${stateDirectory} is open to other users`);
});

test('undrain finds the last weight above 0 in each service', async () => {
  await record(site, 'site.rules');
  await record(weighted(0, 3), 'drain 10.0.0.1');
  makeLive(0, 0);
  expect(await run('undrain 10.0.0.1 --yes')).toMatchObject({ status: 0 });
  expect((await run('save')).stdout).toContain(rules(7, 3));
});

test('a change of weight claims no service that was not applied before', async () => {
  const own = tableOf({ 'tcp 192.0.2.1 port 80': { backends: backend(7) } });
  await record(own, 'site.ipvs');
  makeLive(7, 9);
  expect(await run('weight 10.0.0.1 5 --yes')).toMatchObject({ status: 0 });
  expect((await run('save')).stdout).toContain(rules(5, 5));
  const generations = await openGenerations(await (await openStateDirectory(stateDirectory)).directory('memory'));
  const named = (await generations.list()).map(async ({ number }) => [
    ...(await generations.table(number)).services.keys(),
  ]);
  for (const keys of await Promise.all(named)) expect(keys).toEqual(['tcp 192.0.2.1 port 80']);
});

test('undrain leaves a weight above 0 alone, and takes the given one elsewhere', async () => {
  makeLive(0, 4);
  expect(await run('undrain 10.0.0.1 6 --yes')).toMatchObject({ status: 0 });
  expect((await run('save')).stdout).toContain(rules(6, 4));
});

test('undrain without a weight and without a history is refused', async () => {
  makeLive(0, 4);
  expect(await run('undrain 10.0.0.1 --yes')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'ipvstx: no generation knows which weight 10.0.0.1 had in service tcp 192.0.2.1 port 80 before it was drained\n' +
      'help: say which: ipvstx undrain 10.0.0.1 WEIGHT\n',
  });
  expect(await run('undrain 10.0.0.1 0 --yes')).toMatchObject({ status: 64 });
  expect((await run('save')).stdout).toContain(rules(0, 4));
});

test('status and metrics tell the generation and the drift', async () => {
  await record(site, 'site.rules');
  makeLive(7, 8);
  expect((await run('status')).stdout).toBe(`memory kernel kernel.json
  kernel       IPVS 1.2.1, 4096 buckets
  table        2 services, 2 backends, fingerprint a75e4baf
  connections  0 active, 0 inactive, 0 persistent
  timeouts     tcp 900 tcp-fin 120 udp 300
  sync master  not running
  sync backup  not running
  generation   0: site.rules, applied 2026-01-02T03:04:05.000Z by root
  drift        1 change: see "ipvstx drift"
`);
  expect(JSON.parse((await run('status --json')).stdout)).toMatchObject({
    services: 2,
    generation: { number: 0, source: 'site.rules' },
    drift_changes: 1,
    transaction_pending: false,
  });
  const metrics = (await run('metrics')).stdout;
  expect(metrics).toContain('\nipvstx_generation 0\n');
  expect(metrics).toContain('\nipvstx_drift_changes 1\n');
  expect(metrics).toContain('\nipvstx_last_apply_timestamp_seconds 1767323045\n');
  expect(metrics).toContain('\nipvstx_transaction_pending 0\n');
});
