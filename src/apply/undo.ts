/** Owns the way back to the table that a run began with. */

import { writingsOf } from './writings.ts';
import type { Table } from '../model/table.ts';
import type { Change } from '../plan/change.ts';
import { expectedTable } from '../plan/expected.ts';
import { orderSteps } from '../plan/order.ts';
import type { Effect, Event } from './effect.ts';
import { residueOf } from './residue.ts';
import type { Cause, Result } from './result.ts';
import { type Machine, type Run, type Transition, type Undoing, behind, courseOf, end, go, send } from './state.ts';

/** How often the difference is executed before what is left of it is reported. */
const maxAttempts = 3;

const readBack: Effect = { kind: 'read', purpose: 'undo' };

/** Turns around. What was done is found by reading, not from the answers: some of them may be lost. */
export function beginUndo(machine: Machine, run: Run, cause: Cause): Transition {
  const state: Undoing = { kind: 'undoing', run, cause, attempts: 0, refusals: [], foreign: [], overwritten: [] };
  return go(machine, state, readBack);
}

/** The answer to an event on the way back. */
export function nextOfUndo(machine: Machine, state: Undoing, event: Event): Transition {
  if (event.kind === 'snapshot') return compare(machine, state, event.snapshot.table);
  if (event.kind === 'executed')
    return proceed(machine, { ...state, refusals: [...state.refusals, ...event.refusals] });
  if (event.kind !== 'failed') throw new Error(`"${event.kind}" does not answer an undo's effect`);
  // Neither an unreadable table nor a lost answer is a reason to give up at once: the next reading tells.
  if (state.attempts >= maxAttempts) return end(machine, resultOf(state));
  return read(machine, { ...state, attempts: state.attempts + 1 });
}

function compare(machine: Machine, state: Undoing, present: Table): Transition {
  const { plan } = state.run;
  const { ours, foreign, ...residue } = residueOf(present, plan.observed.table, writingsOf(state.run));
  // Later the things are in states that the undo gave them.
  const overwritten = state.attempts === 0 ? residue.overwritten : state.overwritten;
  const known: Undoing = { ...state, foreign, overwritten };
  const course = courseOf(orderSteps(ours, expectedTable(present, ours)), machine.setup.maxBatch);
  if (course === undefined || state.attempts >= maxAttempts) return end(machine, resultOf(known, ours));
  return go(machine, { ...known, attempts: state.attempts + 1, refusals: [], course }, send(course, 'undo'));
}

/** Behind a refusal, too: what the rest of the way undoes is undone. */
function proceed(machine: Machine, state: Undoing): Transition {
  const course = state.course && behind(state.course);
  return course === undefined ? read(machine, state) : go(machine, { ...state, course }, send(course, 'undo'));
}

function read(machine: Machine, { course: _arrived, ...state }: Undoing): Transition {
  return go(machine, state, readBack);
}

function resultOf(
  { run: { plan }, cause, refusals, foreign, overwritten }: Undoing,
  residue?: readonly Change[],
): Result {
  if (residue?.length === 0) {
    const kind = cause.kind === 'unconfirmed' ? 'unconfirmed' : 'rolled-back';
    return { kind, plan, cause, foreign, overwritten };
  }
  const left = residue === undefined ? {} : { residue };
  return { kind: 'stranded', plan, cause, refusals, foreign, overwritten, ...left };
}
