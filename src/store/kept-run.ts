/** Owns a transaction as a machine that people depend on runs it: alone, kept on disk, checked and confirmed. */

import type { Result } from '../apply/result.ts';
import { type Clock, type Stages, type Transaction, runTransaction } from '../apply/run.ts';
import type { Table } from '../model/table.ts';
import { checkStage } from './check-command.ts';
import { confirmStage } from './confirm.ts';
import { guardedStages, startGuardian } from './guardian.ts';
import { type Hold, type HoldOptions, holdState, unsettled } from './hold.ts';
import type { JournalHeader } from './journal.ts';
import { type Provenance, keepUnchanged, keepingStages } from './keeping.ts';
import type { Busy } from './lock.ts';
import { monotonicNow, pause } from './monotonic.ts';
import { type SavedPlan, objectionTo } from './plan-file.ts';
import { recover } from './recover.ts';

/** What is run, and under which conditions it is kept. */
export interface KeptRun extends HoldOptions {
  /** Its own stages are those in front of the journal. */
  readonly transaction: Omit<Transaction, 'formerly'> & { readonly stages?: Pick<Stages, 'rehearse' | 'approve'> };
  readonly provenance: Omit<Provenance, 'desired' | 'plan'>;
  /**
   * What the history gets in place of the desired table, made from the table that it got last (if there is one); undefined
   * if it gets nothing. Whatever is in it is owned: a run that means a part of the live table must not record all of it.
   */
  readonly record?: (last: Table | undefined) => Table | undefined;
  /** The plan that is applied, if it was saved. */
  readonly plan?: SavedPlan;
  /** A command that judges the new table, and the milliseconds that it may take. */
  readonly check?: { readonly command: string; readonly timeout: number };
  /** Milliseconds to wait for a confirmation, and the words that start this program as a guardian. */
  readonly confirm?: { readonly timeout: number; readonly guardian: readonly string[] };
  /** Roll back what a crash left, instead of refusing to run behind it. */
  readonly recoverFirst?: boolean;
}

/** How it ended, or why it was not begun. */
export type KeptResult =
  | Result
  | ({ readonly kind: 'busy' } & Busy)
  /** A transaction is not settled. */
  | { readonly kind: 'pending'; readonly header: JournalHeader }
  /** The saved plan is not for this table any more. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** The clock that goes on through a change of the time of day. */
export const systemClock: Clock = {
  now: monotonicNow,
  pause,
};

/** Runs it under the lock. Rejects with a StorageFault if state can't be kept; then nothing was written. */
export async function runKept(run: KeptRun): Promise<KeptResult> {
  const hold = await holdState(run);
  if (!('lock' in hold)) return { kind: 'busy', ...hold };
  try {
    return await runUnder(hold, run);
  } finally {
    await hold.lock.release();
  }
}

async function runUnder(hold: Hold, run: KeptRun): Promise<KeptResult> {
  const { transaction, plan, recoverFirst = false } = run;
  const pending = await unsettled(hold);
  if (pending !== undefined) {
    if (!recoverFirst) return { kind: 'pending', header: pending.header };
    const result = await recover(hold, pending, { port: transaction.port, user: run.provenance.user });
    if (result.kind !== 'rolled-back') return result;
  }
  const reason = plan && (await objectionTo(plan, hold));
  if (reason !== undefined) return { kind: 'unusable', reason };

  const last = await hold.generations.last();
  const known = last === undefined ? undefined : await hold.generations.table(last.number);
  const formerly = known === undefined ? {} : { formerly: known };
  const desired = run.record === undefined ? transaction.desired : run.record(known);
  const provenance = {
    ...run.provenance,
    ...(desired === undefined ? {} : { desired }),
    ...(plan === undefined ? {} : { plan: plan.id }),
  };
  const stages = stagesOf(hold, run, provenance);
  const result = await runTransaction({ clock: systemClock, ...transaction, ...formerly, stages });
  if (result.kind === 'unchanged') await keepUnchanged(hold, provenance, result.plan);
  return result;
}

function stagesOf(hold: Hold, { transaction, check, confirm }: KeptRun, provenance: Provenance): Stages {
  const keeping = keepingStages(hold, provenance);
  const { directory, lock } = hold;
  return {
    ...transaction.stages,
    ...(confirm === undefined ? keeping : guardedStages(keeping, () => startGuardian(confirm.guardian, lock))),
    ...(check === undefined ? {} : { check: checkStage(check.command, check.timeout) }),
    ...(confirm === undefined ? {} : { confirm: confirmStage(directory, confirm.timeout, transaction.interruption) }),
  };
}
