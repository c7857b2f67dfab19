/** Owns the proof of what a run that means a part of the live table leaves in the history: no claim to the rest. */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Table } from '../../../src/model/table.ts';
import { diffTables } from '../../../src/plan/diff.ts';
import { openGenerations } from '../../../src/store/generations.ts';
import { type KeptRun, runKept } from '../../../src/store/kept-run.ts';
import { openStateDirectory } from '../../../src/store/state-directory.ts';
import { digest } from '../../support/digest.ts';
import { scriptedPort } from '../../support/scripted-port.ts';
import { tableOf } from '../../support/tables.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const place = { boot: 'b1', namespace: 'net:[1]', name: 'init' };
const own = 'tcp 192.0.2.1 port 80';
const foreign = 'tcp 192.0.2.2 port 80';
const backend = (weight: number) => ({ '10.0.0.1 port 80': { weight } });
const full = {
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  daemons: { master: 'stopped', backup: 'stopped' },
} as const;
const live = (weight: number): Table => tableOf({ [own]: { backends: backend(weight) }, [foreign]: {} }, full);

async function scene() {
  const stateDirectory = join(await temporaryDirectory(), 'state');
  const port = scriptedPort(live(1));
  const run = (desired: Table, some: Partial<KeptRun>) =>
    runKept({
      stateDirectory,
      place,
      command: 'test',
      transaction: { port, desired, digest, limits: { allowEmpty: true } },
      provenance: { source: 'test', user: 'root' },
      ...some,
    });
  const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
  return { port, run, generations: await openGenerations(directory) };
}

it('without a history there is none afterwards', async () => {
  const { run, generations, port } = await scene();
  expect((await run(live(0), { record: (last) => last })).kind).toBe('applied');
  expect((await run(live(0), { record: (last) => last })).kind).toBe('unchanged');
  expect(await generations.list()).toEqual([]);
  expect(diffTables(port.kernel.table(), live(0))).toEqual([]);
});

it('a service of another program is not owned by a source that comes later', async () => {
  const { run, generations, port } = await scene();
  const declared: Table = { ...tableOf({ [own]: { backends: backend(1) } }), owns: 'declared' };
  expect((await run(declared, {})).kind).toBe('unchanged');
  const drained: Table = { ...tableOf({ [own]: { backends: backend(0) } }), owns: 'declared' };
  expect((await run(live(0), { record: () => drained })).kind).toBe('applied');
  const last = await generations.last();
  expect([...(await generations.table(last?.number ?? 0)).services.keys()]).toEqual([own]);
  expect((await run(declared, {})).kind).toBe('applied');
  expect([...port.kernel.table().services.keys()]).toEqual([own, foreign]);
});
