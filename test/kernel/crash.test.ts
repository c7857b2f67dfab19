/** Owns the proof that a killed process leaves nothing behind that a recovery can't end. */

import { cp, readFile, rm } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { KernelPort } from '../../src/apply/port.ts';
import { runTransaction } from '../../src/apply/run.ts';
import { tableToJson } from '../../src/model/table-json.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { holdState, unsettled } from '../../src/store/hold.ts';
import { isPending } from '../../src/store/journal.ts';
import type { Place } from '../../src/store/place.ts';
import { recover } from '../../src/store/recover.ts';
import { digest } from '../support/digest.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { desiredTable, mixedTable, startTable as start } from './support/every-step.ts';
import { type Namespace, namespace } from './support/namespace.ts';

const agentPath = fileURLToPath(new URL('../../dist/agent/crash-agent.js', import.meta.url));

async function placeOf(director: Namespace): Promise<Place> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
  const namespace = await director.output('readlink', ['/proc/self/ns/net']);
  return { boot: boot.trim(), namespace: namespace.trim(), name: 'netns-director' };
}

/** Which of the two tables the kernel has. */
async function presentTable(port: KernelPort, desired: Table): Promise<'start' | 'desired' | 'neither'> {
  const { table } = await port.dump();
  const isTable = (other: Table): boolean => diffTables(table, other).length === 0;
  if (isTable(start)) return 'start';
  return isTable(desired) ? 'desired' : 'neither';
}

interface Outcome {
  /** Whether there was something to recover. */
  readonly pending: boolean;
  /** Whether the history has the new table, before a recovery adds it. */
  readonly committed: boolean;
  readonly table: 'start' | 'desired' | 'neither';
  /** Whether a journal stays open. */
  readonly open: boolean;
}

interface Crash {
  readonly path: string;
  readonly place: Place;
  readonly desired: Table;
}

async function recovered(crash: Crash, port: KernelPort, forward: boolean): Promise<Outcome> {
  const { path: stateDirectory, place, desired } = crash;
  const hold = await holdState({ stateDirectory, place, command: 'recover' });
  if (!('lock' in hold)) throw new Error('the lock outlived its process');
  // Generation 0 is the table that was found.
  const committed = ((await hold.generations.last())?.number ?? 0) > 0;
  const pending = await unsettled(hold);
  if (pending !== undefined) await recover(hold, pending, { port, forward, user: 'root' });
  const open = await isPending(hold.directory);
  await hold.lock.release();
  return { pending: pending !== undefined, committed, table: await presentTable(port, desired), open };
}

test.each([
  // The journal has a few records, and there is a batch for each phase: the two plans have them all.
  ['with a step of nearly every phase', desiredTable, 10],
  ['whose daemons yield', mixedTable, 7],
])(
  'a run %s, killed behind any journal record or batch, is rolled back, or finished',
  { timeout: 240_000 },
  async (_what, desired, batches) => {
    const director = await namespace();
    const port = await director.port();
    const place = await placeOf(director);
    const makeLive = async (desired: Table): Promise<void> => {
      const { kind } = await runTransaction({ port, desired, digest, limits: { allowEmpty: true } });
      if (kind !== 'applied' && kind !== 'unchanged') throw new Error(`the table can't be made live: ${kind}`);
    };

    let finished = false;
    let recoveries = 0;
    for (let step = 1; !finished; step++) {
      await makeLive(start);
      const path = await temporaryDirectory();
      const words = [agentPath, path, JSON.stringify(place), JSON.stringify(tableToJson(desired)), String(step)];
      const { status, stdout, stderr } = await director.run(process.execPath, words);
      finished = stdout === 'finished: applied\n';
      expect({ status, stderr }).toEqual({ status: finished ? 0 : 137, stderr: '' });
      const crashed = (await port.dump()).table;
      const copy = `${path}.copy`;
      await cp(path, copy, { recursive: true, preserveTimestamps: true });

      // Before the journal nothing was written, and behind the history all of it.
      const back = await recovered({ path, place, desired }, port, false);
      expect(back).toEqual({ ...back, table: back.committed ? 'desired' : 'start', open: false });
      await makeLive(crashed);
      const forth = await recovered({ path: copy, place, desired }, port, true);
      expect(forth).toEqual({ ...back, table: back.committed || back.pending ? 'desired' : 'start' });
      recoveries += Number(back.pending);
      await rm(copy, { recursive: true });
    }
    expect(recoveries).toBeGreaterThan(batches);
  },
);
