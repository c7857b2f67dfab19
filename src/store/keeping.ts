/** Owns the stages of a run that keep it on disk: the journal before its first write, and the history at its end. */

import type { Event } from '../apply/effect.ts';
import type { Stages } from '../apply/run.ts';
import type { Table } from '../model/table.ts';
import { diffTables } from '../plan/diff.ts';
import { fingerprintOf } from '../plan/fingerprint.ts';
import type { Plan } from '../plan/plan.ts';
import type { GenerationInfo } from './generations.ts';
import type { Hold } from './hold.ts';
import { openJournal, settleJournal } from './journal.ts';
import { sha256 } from './sha256.ts';

/** What is written down about the table that is applied. */
export interface Provenance extends Pick<GenerationInfo, 'source' | 'git' | 'user' | 'plan'> {
  /** The table as its source says it: it leaves more open than what the kernel then has. Absent: history stays as it is. */
  readonly desired?: Table;
}

const done: Event = { kind: 'done' };

/** The stages of a run that is kept. */
export type KeepingStages = Required<Pick<Stages, 'journal' | 'commit' | 'close'>>;

/** The stages for one run under a hold; `recovered` is the id of the journal that it finishes, if it does not open one. */
export function keepingStages(hold: Hold, provenance: Provenance, recovered = ''): KeepingStages {
  const { directory, command, place } = hold;
  let transaction = recovered;
  return {
    journal: async ({ observed, expected }) => {
      const { source } = provenance;
      transaction = await openJournal(directory, { place, command, source, before: observed.table, after: expected });
      return done;
    },
    commit: async (plan) => {
      await addGeneration(hold, provenance, plan, transaction);
      return done;
    },
    close: async ({ kind }) => {
      await settleJournal(directory, kind);
      return done;
    },
  };
}

/** Writes down a table that was live already, unless the last generation says the same: it is the source's from now on. */
export async function keepUnchanged(hold: Hold, provenance: Provenance, plan: Plan): Promise<void> {
  const { desired } = provenance;
  if (desired === undefined) return;
  const last = await hold.generations.last();
  const known = last === undefined ? undefined : await hold.generations.table(last.number);
  const isKnown =
    known !== undefined && diffTables(known, desired).length === 0 && diffTables(desired, known).length === 0;
  if (!isKnown) await addGeneration(hold, provenance, plan, '');
}

async function addGeneration(
  { generations, command }: Hold,
  { desired, ...origin }: Provenance,
  { observed, basis, expected }: Plan,
  transaction: string,
): Promise<void> {
  if (desired === undefined) return;
  const time = new Date().toISOString();
  if ((await generations.last()) === undefined) {
    const found = { time, user: origin.user, command: 'found', source: 'live', fingerprint: basis, transaction: '' };
    await generations.add(found, observed.table);
  }
  const fingerprint = fingerprintOf(expected, sha256);
  await generations.add({ ...origin, time, command, fingerprint, transaction }, desired);
}
