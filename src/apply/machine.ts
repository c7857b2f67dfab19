/** Owns the course of a transaction: a pure function from what is known and an event to what is known and an effect. */

import { type Phase, removals } from '../plan/step.ts';
import { guard } from '../plan/analyze/guards.ts';
import { diffTables } from '../plan/diff.ts';
import { type Plan, ownedChanges, planTables } from '../plan/plan.ts';
import type { Snapshot } from '../model/activity.ts';
import type { Event } from './effect.ts';
import type { Failure, Result } from './result.ts';
import {
  type Course,
  type Machine,
  type Preparation,
  type Run,
  type Settlement,
  type Setup,
  type StateOf,
  type Transition,
  behind,
  courseOf,
  end,
  go,
  phaseOf,
  preparations,
  send,
  settlements,
} from './state.ts';
import { beginDrain, nextOfDrain } from './drain.ts';
import { beginUndo, nextOfUndo } from './undo.ts';

/** How often a table that changes under its reader is read before the run gives up. */
const patience = 6;

/** The first effect of a run. */
export function begin(setup: Setup): Transition {
  const state: StateOf<'surveying'> = { kind: 'surveying', readings: 0 };
  return [
    { setup, state, journalOpen: false },
    { kind: 'read', purpose: 'survey' },
  ];
}

/** The first effect of the way back from a run whose process is gone, however far it came. Its journal is open. */
export function beginRecovery(setup: Setup, plan: Plan): Transition {
  const machine: Machine = { setup, state: { kind: 'surveying', readings: 0 }, journalOpen: true };
  return beginUndo(machine, { plan, sent: plan.steps.length, refusals: [] }, { kind: 'crashed' });
}

/** Whether a wish to stop is obeyed: a run that is on its way back goes to the end of it. */
export function interruptible({ state }: Machine): boolean {
  return state.kind !== 'undoing' && state.kind !== 'closing' && state.kind !== 'finished';
}

/** The answer to an event. One that can't follow the last effect is a bug, and throws. */
export function next(machine: Machine, event: Event): Transition {
  const { state } = machine;
  switch (state.kind) {
    case 'surveying':
      return survey(machine, state, event);
    case 'preparing':
      return prepare(machine, state, event);
    case 'rechecking':
      return recheck(machine, state, event);
    case 'executing':
      return execute(machine, state, event);
    case 'draining':
      return nextOfDrain(machine, state, event);
    case 'verifying':
      return verify(machine, state, event);
    case 'settling':
      return settle(machine, state, event);
    case 'undoing':
      return nextOfUndo(machine, state, event);
    case 'closing':
      return end(machine, event.kind === 'failed' ? { ...state.result, unclosed: event.failure } : state.result);
    case 'finished':
      throw unexpected(event);
  }
}

function unexpected(event: Event): Error {
  return new Error(`"${event.kind}" does not answer the last effect`);
}

/** Reads until two readings in a row agree: a dump that another writer tore gives no other sign. */
function survey(machine: Machine, state: StateOf<'surveying'>, event: Event): Transition {
  const torn = event.kind === 'failed' && event.failure.kind === 'torn';
  if (event.kind === 'failed' && !torn) return end(machine, failed(event.failure));
  if (event.kind === 'snapshot' && state.previous !== undefined && agree(state.previous, event.snapshot)) {
    return decide(machine, event.snapshot);
  }
  const readings = state.readings + 1;
  if (readings >= patience) return end(machine, failed(unsteady));
  const previous = event.kind === 'snapshot' ? { previous: event.snapshot } : {};
  return go(machine, { kind: 'surveying', readings, ...previous }, { kind: 'read', purpose: 'survey' });
}

function agree(left: Snapshot, right: Snapshot): boolean {
  return diffTables(left.table, right.table).length === 0;
}

const unsteady: Failure = {
  kind: 'unsteady',
  message: 'the table kept changing while it was read: another program is writing to it',
};

function failed(failure: Failure): Result {
  const unavailable = failure.kind === 'unavailable' || failure.kind === 'denied';
  return { kind: unavailable ? 'unavailable' : 'failed', failure };
}

function decide(machine: Machine, observed: Snapshot): Transition {
  const { desired, basis, limits = {} } = machine.setup;
  const plan = planTables(observed, desired, machine.setup);
  if (basis !== undefined && basis !== plan.basis) return end(machine, { kind: 'stale', plan, differences: [] });
  const problems = guard(plan, limits);
  if (problems.length > 0) return end(machine, { kind: 'guarded', plan, problems });
  if (plan.steps.length === 0) return end(machine, { kind: 'unchanged', plan });
  return prepareFrom(machine, plan, preparations);
}

/** The first of `stages` that this run has; behind them the first write. */
function prepareFrom(machine: Machine, plan: Plan, stages: readonly Preparation[]): Transition {
  const { setup } = machine;
  const stage = stages.find((stage) => setup.stages.has(stage) && (stage === 'rehearse' || setup.dryRun !== true));
  if (stage !== undefined) return go(machine, { kind: 'preparing', plan, stage }, { kind: stage, plan });
  if (setup.dryRun === true) return end(machine, { kind: 'planned', plan });
  const waited = preparations.some((stage) => setup.stages.has(stage));
  if (waited) return go(machine, { kind: 'rechecking', plan }, { kind: 'read', purpose: 'recheck' });
  return write(machine, plan);
}

function prepare(machine: Machine, { plan, stage }: StateOf<'preparing'>, event: Event): Transition {
  if (event.kind === 'failed') return end(machine, failed(event.failure));
  if (event.kind === 'declined') return end(machine, { kind: 'declined', plan });
  if (event.kind === 'refused') {
    const { refusals, differences } = event;
    return end(machine, { kind: 'invalid', plan, refusals, differences });
  }
  if (event.kind !== 'done') throw unexpected(event);
  const journalOpen = stage === 'journal' || machine.journalOpen;
  return prepareFrom({ ...machine, journalOpen }, plan, preparations.slice(preparations.indexOf(stage) + 1));
}

/** Preparations take their time; the table must still be the one that the plan was made for. */
function recheck(machine: Machine, { plan }: StateOf<'rechecking'>, event: Event): Transition {
  if (event.kind === 'failed') return end(machine, failed(event.failure));
  if (event.kind !== 'snapshot') throw unexpected(event);
  const differences = diffTables(event.snapshot.table, plan.observed.table);
  return differences.length > 0 ? end(machine, { kind: 'stale', plan, differences }) : write(machine, plan);
}

function write(machine: Machine, plan: Plan): Transition {
  const course = courseOf(plan.steps, machine.setup.maxBatch);
  if (course === undefined) throw new Error('a plan without steps is never written');
  return proceed(machine, { plan, sent: 0, refusals: [] }, course);
}

/** Sends the next batch; in front of the first removal it lets what is drained end. */
function proceed(machine: Machine, run: Run, course: Course): Transition {
  const isRemoval = (phase: Phase | undefined): boolean => phase !== undefined && removals.has(phase);
  // The phases that remove follow one another.
  const isFirst = isRemoval(phaseOf(course)) && !isRemoval(run.plan.steps[run.sent - 1]?.phase);
  if (isFirst && run.plan.draining.length > 0) return beginDrain(machine, run, course);
  return go(machine, { kind: 'executing', run, course }, send(course, 'apply'));
}

function execute(machine: Machine, { run, course }: StateOf<'executing'>, event: Event): Transition {
  // Only an interruption comes in place of the batch; behind every other failure it may have been executed.
  const interrupted = event.kind === 'failed' && event.failure.kind === 'interrupted';
  const sent: Run = interrupted ? run : { ...run, sent: run.sent + course.batches[0].length };
  if (event.kind === 'failed') return undoFailed(machine, sent, event.failure);
  if (event.kind !== 'executed') throw unexpected(event);
  const { refusals } = event;
  if (refusals.length > 0) return beginUndo(machine, { ...sent, refusals }, { kind: 'refused', refusals });
  const rest = behind(course);
  if (rest !== undefined) return proceed(machine, sent, rest);
  return go(machine, { kind: 'verifying', run: sent, readings: 0 }, { kind: 'read', purpose: 'verify' });
}

/** Compares with what was desired; a single reading that differs may be torn, so it takes two. */
function verify(machine: Machine, { run, readings }: StateOf<'verifying'>, event: Event): Transition {
  if (event.kind === 'failed' && event.failure.kind === 'interrupted') return undoFailed(machine, run, event.failure);
  if (event.kind === 'snapshot') {
    const { changes } = ownedChanges(event.snapshot.table, machine.setup.desired, machine.setup);
    if (changes.length === 0) return settleFrom(machine, run, settlements);
    if (readings > 0) return beginUndo(machine, run, { kind: 'mismatch', differences: changes });
  } else if (event.kind !== 'failed') throw unexpected(event);
  else if (readings > 0) return undoFailed(machine, run, event.failure);
  return go(machine, { kind: 'verifying', run, readings: readings + 1 }, { kind: 'read', purpose: 'verify' });
}

function undoFailed(machine: Machine, run: Run, failure: Failure): Transition {
  return beginUndo(machine, run, { kind: 'failed', failure });
}

function settleFrom(machine: Machine, run: Run, stages: readonly Settlement[]): Transition {
  const { plan } = run;
  const stage = stages.find((stage) => machine.setup.stages.has(stage));
  if (stage === undefined) return end(machine, { kind: 'applied', plan });
  return go(machine, { kind: 'settling', run, stage }, { kind: stage, plan });
}

function settle(machine: Machine, { run, stage }: StateOf<'settling'>, event: Event): Transition {
  if (event.kind === 'check-failed') return beginUndo(machine, run, event);
  if (event.kind === 'expired') return beginUndo(machine, run, { kind: 'unconfirmed' });
  if (event.kind === 'failed') return undoFailed(machine, run, event.failure);
  if (event.kind !== 'done') throw unexpected(event);
  return settleFrom(machine, run, settlements.slice(settlements.indexOf(stage) + 1));
}
