import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Result } from '../../../src/apply/result.ts';
import { runTransaction } from '../../../src/apply/run.ts';
import type { Table } from '../../../src/model/table.ts';
import { diffTables } from '../../../src/plan/diff.ts';
import { newService } from '../../../src/plan/operations.ts';
import { type Hold, holdState, unsettled } from '../../../src/store/hold.ts';
import { keepUnchanged, keepingStages } from '../../../src/store/keeping.ts';
import { recover } from '../../../src/store/recover.ts';
import { digest } from '../../support/digest.ts';
import { type Script, type ScriptedPort, scriptedPort } from '../../support/scripted-port.ts';
import { serviceOf, tableOf } from '../../support/tables.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const here = { boot: 'b1', namespace: 'net:[1]', name: 'init' };
const web = 'tcp 192.0.2.1 port 80';
const full = {
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  daemons: { master: 'stopped', backup: 'stopped' },
} as const;
const before = tableOf({ [web]: { backends: { '10.0.0.1 port 80': {}, '10.0.0.2 port 80': {} } } }, full);
const desired = tableOf(
  { [web]: { scheduler: 'rr', backends: { '10.0.0.3 port 80': {} } }, 'udp 192.0.2.1 port 53': {} },
  { timeouts: { udp: 60 } },
);

async function hold(stateDirectory: string, place = here): Promise<Hold> {
  const held = await holdState({ stateDirectory, place, command: 'test' });
  if (!('lock' in held)) throw new Error('the lock is not free');
  onTestFinished(() => held.lock.release());
  return held;
}

async function state(): Promise<string> {
  return join(await temporaryDirectory(), 'state');
}

const provenance = { desired, source: 'site.rules', user: 'root' };

function run(held: Hold, port: ScriptedPort): Promise<Result> {
  const limits = { allowEmpty: true };
  return runTransaction({ port, desired, digest, limits, stages: keepingStages(held, provenance) });
}

/** The kernel as a process left it that was killed behind one of its batches. */
async function crash(stateDirectory: string, batch: number): Promise<ScriptedPort> {
  const held = await hold(stateDirectory);
  let port = scriptedPort(before);
  await new Promise<void>((resolve) => {
    port = scriptedPort(before, {
      afterBatch: (_kernel, index) =>
        index < batch
          ? undefined
          : new Promise(() => {
              resolve();
            }),
    });
    void run(held, port);
  });
  await held.lock.release();
  return scriptedPort(port.kernel.table());
}

function expectTable(port: ScriptedPort, table: Table): void {
  expect(diffTables(port.kernel.table(), table)).toEqual([]);
  expect(diffTables(table, port.kernel.table())).toEqual([]);
}

describe('a run that is kept', () => {
  it('leaves the found table and the desired one in the history, and no journal', async () => {
    const stateDirectory = await state();
    const held = await hold(stateDirectory);
    expect((await run(held, scriptedPort(before))).kind).toBe('applied');
    expect(await unsettled(held)).toBeUndefined();
    const list = await held.generations.list();
    expect(list.map(({ command, source }) => [command, source])).toEqual([
      ['found', 'live'],
      ['test', 'site.rules'],
    ]);
    expect(await held.generations.table(0)).toEqual(before);
    expect(await held.generations.table(1)).toEqual(desired);
    expect(list[1]?.fingerprint).not.toBe(list[0]?.fingerprint);
  });

  it('that rolled back leaves neither', async () => {
    const held = await hold(await state());
    const script: Script = { refuse: (_operation, index) => (index === 3 ? 'ENOMEM' : undefined) };
    expect((await run(held, scriptedPort(before, script))).kind).toBe('rolled-back');
    expect(await unsettled(held)).toBeUndefined();
    expect(await held.generations.list()).toEqual([]);
  });

  it('that could not put the table back leaves its journal open', async () => {
    const held = await hold(await state());
    const script: Script = { refuse: (_operation, index) => (index > 2 ? 'ENOMEM' : undefined) };
    expect((await run(held, scriptedPort(before, script))).kind).toBe('stranded');
    expect((await unsettled(held))?.before).toEqual(before);
  });

  it('of a table that was live already is written down once', async () => {
    const held = await hold(await state());
    for (let count = 0; count < 2; count++) {
      const result = await run(
        held,
        scriptedPort({ ...full, services: desired.services, timeouts: { ...full.timeouts, udp: 60 } }),
      );
      if (result.kind !== 'unchanged') throw new Error(result.kind);
      await keepUnchanged(held, provenance, result.plan);
    }
    expect((await held.generations.list()).map(({ command }) => command)).toEqual(['found', 'test']);
  });
});

describe('recovery', () => {
  it.each([0, 1, 2, 3])('goes back from behind batch %i', async (batch) => {
    const stateDirectory = await state();
    const port = await crash(stateDirectory, batch);
    const held = await hold(stateDirectory);
    const pending = await unsettled(held);
    if (pending === undefined) throw new Error('nothing is pending');
    const result = await recover(held, pending, { port, user: 'root' });
    expect(result).toMatchObject({ kind: 'rolled-back', foreign: [], overwritten: [] });
    expectTable(port, before);
    expect(await unsettled(held)).toBeUndefined();
    expect(await held.generations.list()).toEqual([]);
  });

  it.each([0, 1, 2, 3])('goes forward from behind batch %i', async (batch) => {
    const stateDirectory = await state();
    const port = await crash(stateDirectory, batch);
    const held = await hold(stateDirectory);
    const pending = await unsettled(held);
    if (pending === undefined) throw new Error('nothing is pending');
    port.kernel.execute(newService(serviceOf('tcp 203.0.113.9 port 99')));
    const result = await recover(held, pending, { port, user: 'root', forward: true });
    expect(['applied', 'unchanged']).toContain(result.kind);
    // Also where all of it was written already.
    expect((await held.generations.list()).map(({ source }) => source)).toEqual(['live', 'site.rules']);
    expectTable(port, {
      ...pending.after,
      services: new Map([...pending.after.services, ...tableOf({ 'tcp 203.0.113.9 port 99': {} }).services]),
    });
    expect(await unsettled(held)).toBeUndefined();
  });

  it('has nothing to undo in another boot, or in another namespace of the same name', async () => {
    for (const place of [
      { ...here, boot: 'b2' },
      { ...here, namespace: 'net:[2]' },
    ]) {
      const stateDirectory = await state();
      await crash(stateDirectory, 1);
      const elsewhere = await hold(stateDirectory, place);
      expect(await unsettled(elsewhere)).toBeUndefined();
      await elsewhere.lock.release();
      expect(await unsettled(await hold(stateDirectory))).toBeUndefined();
    }
  });

  it('takes a run whose table is in the history for applied', async () => {
    const stateDirectory = await state();
    const held = await hold(stateDirectory);
    const stages = keepingStages(held, provenance);
    await new Promise<void>((resolve) => {
      const close = () => new Promise<never>(() => resolve());
      void runTransaction({ port: scriptedPort(before), desired, digest, stages: { ...stages, close } });
    });
    await held.lock.release();
    const later = await hold(stateDirectory);
    expect(await unsettled(later)).toBeUndefined();
    expect((await later.generations.last())?.source).toBe('site.rules');
  });
});
