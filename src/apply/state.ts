/** Owns what a transaction knows while it is under way. */

import type { Refusal } from '../model/errno.ts';
import type { Snapshot } from '../model/activity.ts';
import type { Table } from '../model/table.ts';
import type { Limits } from '../plan/analyze/guards.ts';
import type { Fingerprint } from '../plan/fingerprint.ts';
import type { Plan, PlanOptions } from '../plan/plan.ts';
import type { Phase, Step } from '../plan/step.ts';
import { type Batch, batchesOf } from './batches.ts';
import type { Effect } from './effect.ts';
import type { Cause, Interference, Result } from './result.ts';

/** Before the first write, in this order. */
export const preparations = ['rehearse', 'approve', 'journal'] as const;

/** Behind the verification, in this order. */
export const settlements = ['check', 'confirm', 'commit'] as const;

/** A stage before the first write. */
export type Preparation = (typeof preparations)[number];

/** A stage behind the verification. */
export type Settlement = (typeof settlements)[number];

/** Everything that a run may leave out. */
export const stageNames = [...preparations, ...settlements] as const;

/** What is decided before a run begins. */
export interface Setup extends PlanOptions {
  readonly desired: Table;
  readonly limits?: Limits;
  /** The fingerprint of a saved plan: it runs on no other table. */
  readonly basis?: Fingerprint;
  /** Stop before the first write. */
  readonly dryRun?: boolean;
  /** The most operations in one batch. */
  readonly maxBatch: number;
  /** The stages that this run has beside reading, writing and verifying. */
  readonly stages: ReadonlySet<Preparation | Settlement>;
}

/** A run that may have written. */
export interface Run {
  readonly plan: Plan;
  /** How many of the plan's steps were sent, or may have been. */
  readonly sent: number;
  /** Those among them that did not happen. */
  readonly refusals: readonly Refusal[];
}

/** Batches on their way to the kernel; the first of them is in flight. */
export interface Course {
  readonly batches: readonly [Batch, ...Batch[]];
  /** Steps in front of these batches. */
  readonly done: number;
  /** Steps of the whole course. */
  readonly total: number;
}

/** The way back: read, execute the difference, read again, until nothing of ours is left. */
export interface Undoing extends Interference {
  readonly kind: 'undoing';
  readonly run: Run;
  readonly cause: Cause;
  /** How often the difference was executed. */
  readonly attempts: number;
  /** Refused in the last attempt. */
  readonly refusals: readonly Refusal[];
  /** What is executed before the next reading; absent while the table is read. */
  readonly course?: Course;
}

/** Which event is waited for. */
export type State =
  | { readonly kind: 'surveying'; readonly previous?: Snapshot; readonly readings: number }
  | { readonly kind: 'preparing'; readonly plan: Plan; readonly stage: Preparation }
  | { readonly kind: 'rechecking'; readonly plan: Plan }
  | { readonly kind: 'executing'; readonly run: Run; readonly course: Course }
  | {
      readonly kind: 'draining';
      readonly run: Run;
      readonly course: Course;
      readonly since?: number;
      readonly torn?: number;
    }
  | { readonly kind: 'verifying'; readonly run: Run; readonly readings: number }
  | { readonly kind: 'settling'; readonly run: Run; readonly stage: Settlement }
  | Undoing
  | { readonly kind: 'closing'; readonly result: Result }
  | { readonly kind: 'finished' };

/** The state of a kind. */
export type StateOf<Kind extends State['kind']> = Extract<State, { readonly kind: Kind }>;

/** A transaction under way. */
export interface Machine {
  readonly setup: Setup;
  readonly state: State;
  readonly journalOpen: boolean;
}

/** Where a run goes next, and what has to be done for that. */
export type Transition = readonly [Machine, Effect];

/** Goes on. */
export function go(machine: Machine, state: State, effect: Effect): Transition {
  return [{ ...machine, state }, effect];
}

/** The course of some steps; undefined if there are none. */
export function courseOf(steps: readonly Step[], maxBatch: number): Course | undefined {
  const [first, ...rest] = batchesOf(steps, maxBatch);
  return first && { batches: [first, ...rest], done: 0, total: steps.length };
}

/** The phase of the batch in flight. */
export function phaseOf({ batches: [[step]] }: Course): Phase | undefined {
  return step?.phase;
}

/** What is left when the batch in flight has arrived. */
export function behind({ batches: [sent, next, ...rest], done, total }: Course): Course | undefined {
  return next && { batches: [next, ...rest], done: done + sent.length, total };
}

/** Sends the batch in flight. */
export function send({ batches: [batch], done, total }: Course, purpose: 'apply' | 'undo'): Effect {
  return { kind: 'execute', purpose, batch, done, total };
}

/** Ends a run. The journal of a table that could not be put back stays open: it is what names it. */
export function end(machine: Machine, result: Result): Transition {
  if (machine.journalOpen && result.kind !== 'stranded') {
    return go({ ...machine, journalOpen: false }, { kind: 'closing', result }, { kind: 'close', result });
  }
  return go(machine, { kind: 'finished' }, { kind: 'finish', result });
}
