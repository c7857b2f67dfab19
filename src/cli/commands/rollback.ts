/** Owns `ipvstx rollback`. */

import process from 'node:process';
import type { Limits } from '../../plan/analyze/guards.ts';
import { isOf } from '../../store/hold.ts';
import { isPending, lastSettlement, readJournal } from '../../store/journal.ts';
import { takeLock } from '../../store/lock.ts';
import { monotonicNow, pause } from '../../store/monotonic.ts';
import { type StateDirectory, openStateDirectory } from '../../store/state-directory.ts';
import { applyTable } from '../apply-table.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { type Keeping, keepingOf, lockOptions } from '../keeping-options.ts';
import { limitOptions, limitsOf } from '../limit-options.ts';
import { appliedAs, believing, lastApplied, readRecords } from '../records.ts';
import { keptStateOf } from '../state-place.ts';
import { canAsk } from '../terminal.ts';
import { recover } from './recover.ts';

interface RollbackInput {
  /** Absent: the pending transaction, or else the generation before the last one. */
  readonly number: number | undefined;
  readonly yes: boolean;
  /** Show what would happen, and stop. */
  readonly planOnly: boolean;
  readonly limits: Limits;
  readonly keeping: Keeping;
}

/** Milliseconds that a waiting run may take to roll back when it is told to, and between two looks. */
const patience = 30_000;
const interval = 100;

/** Ends the pending transaction: its own process does it, or this one if that is gone. */
async function undoPending(context: Context): Promise<ExitStatus> {
  const { stateDirectory, place } = await keptStateOf(context);
  const settled = await believing(async () => {
    const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
    const pending = await readJournal(directory);
    if (pending === undefined || !(await isHeldBy(directory, pending.header.pid))) return undefined;
    if (!tell(pending.header.pid)) return undefined;
    const deadline = monotonicNow() + patience;
    while ((await isPending(directory)) && monotonicNow() < deadline) await pause(interval);
    return (await isPending(directory)) ? undefined : lastSettlement(directory);
  });
  if (settled === undefined) return recover({ forward: false, lockTimeout: undefined }, context);
  if (settled !== 'rolled-back' && settled !== 'unconfirmed') {
    throw new Failure('error', `the transaction had ended already (${settled})`, 'see "ipvstx history"');
  }
  await context.note('rolled back: the old table is back, and that is verified\n');
  return 'done';
}

/**
 * Whether a process holds the lock. One that does not may be anybody: numbers of processes are given anew, and a journal
 * outlives the boot that it was written in.
 */
async function isHeldBy(directory: StateDirectory, pid: number): Promise<boolean> {
  const lock = await takeLock(directory, 'rollback');
  if (!('release' in lock)) return lock.holder?.pid === pid;
  await lock.release();
  return false;
}

/** Tells a run to stop, which rolls it back; false if its process is gone. */
function tell(pid: number): boolean {
  try {
    process.kill(pid, 'SIGTERM');
    return true;
  } catch {
    return false;
  }
}

/** Shows what the end of the pending transaction would change. */
async function planUndoing(context: Context): Promise<ExitStatus> {
  const { stateDirectory, place } = await keptStateOf(context);
  const pending = await believing(async () => {
    const directory = await (await openStateDirectory(stateDirectory)).directory(place.name);
    return readJournal(directory);
  });
  if (pending === undefined || !isOf(pending, place)) {
    throw new Failure('error', 'there is nothing to undo: the transaction has ended', 'see "ipvstx history"');
  }
  const source = `the table in front of the pending transaction: ${pending.header.command}`;
  const request = { desired: pending.before, source, command: 'rollback', limits: { allowEmpty: true }, dryRun: true };
  return applyTable(request, context);
}

/** Goes back: from a pending transaction, or to a generation. */
export async function rollback(input: RollbackInput, context: Context): Promise<ExitStatus> {
  const { number, yes, planOnly, limits, keeping } = input;
  const records = await readRecords(context);
  if (records.pending && number === undefined) return planOnly ? planUndoing(context) : undoPending(context);
  if (!yes && !planOnly && !canAsk(context.host)) {
    throw new Failure('usage', 'rollback asks before it writes, and nobody can answer here', 'agree with --yes');
  }
  const last = await lastApplied(records);
  if (last === undefined) throw new Failure('error', 'there is no generation: nothing was applied here yet');
  const target = await appliedAs(number ?? last.info.number - 1, records);
  const name = `generation ${target.info.number}`;
  return applyTable(
    {
      desired: target.table,
      source: `${name}: ${target.info.source}`,
      command: `rollback ${target.info.number}`,
      limits,
      keeping,
      dryRun: planOnly,
      approval: yes ? 'show' : 'ask',
    },
    context,
  );
}

/** Its entry in the table of commands. */
export const rollbackCommand = defineCommand({
  name: 'rollback',
  summary: 'undo the pending transaction, or go back to a generation',
  description:
    'Without a number it undoes the transaction that waits for its confirmation or was left by a crash; if there is none, it goes back to the generation before the last one. Going back is an apply like any other: it is planned, guarded, verified, and a generation of its own.',
  positionals: { generation: { count: 'optional', summary: 'the number of a generation: see "ipvstx history"' } },
  options: {
    yes: { kind: 'flag', alias: 'y', summary: 'do not ask; needed where nobody sits at a terminal' },
    plan: { kind: 'flag', summary: 'show what would change, and stop' },
    ...limitOptions,
    ...lockOptions,
  },
  examples: [
    { line: 'ipvstx rollback --plan', does: 'what going back would change' },
    { line: 'ipvstx rollback 3 --yes', does: 'back to generation 3' },
  ],
  run: ({ generation, ...values }, context) => {
    if (generation !== undefined && !/^\d{1,9}$/.test(generation)) {
      throw new Failure('usage', `"${generation}" is not the number of a generation`, 'see "ipvstx history"');
    }
    const number = generation === undefined ? undefined : Number(generation);
    const { yes, plan: planOnly } = values;
    return rollback({ number, yes, planOnly, limits: limitsOf(values), keeping: keepingOf(values) }, context);
  },
});
