/** Owns the driver: it carries effects to the edges and events back, and decides nothing. */

import type { Table } from '../model/table.ts';
import { type Plan, planTables } from '../plan/plan.ts';
import type { Effect, Event } from './effect.ts';
import { begin, beginRecovery, interruptible, next } from './machine.ts';
import { KernelFault, type KernelPort } from './port.ts';
import { type Failure, type Result, StorageFault } from './result.ts';
import { type Preparation, type Settlement, type Setup, type Transition, stageNames } from './state.ts';

/** Answers a stage's effect: `done`, or why it is not. May reject with a StorageFault or a KernelFault. */
export type Stage = (plan: Plan) => Promise<Event>;

/** The stages that a run has beside reading, writing and verifying. One that is absent is left out. */
export type Stages = Readonly<Partial<Record<Preparation | Settlement, Stage>>> & {
  /** Closes the journal; called only if it was opened, and the table is either the old or the new one. */
  readonly close?: (result: Result) => Promise<Event>;
};

/** Time, in milliseconds since some moment; nobody can set it. */
export interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

/** A transaction to run. */
export interface Transaction extends Omit<Setup, 'maxBatch' | 'stages'> {
  readonly port: KernelPort;
  readonly stages?: Stages;
  /** What a drain waits by; without one it does not wait. */
  readonly clock?: Clock;
  /** Told of every effect before it is performed: progress. */
  readonly observe?: (effect: Effect) => void;
  /** Asked before every effect: why the run shall stop (`SIGINT`), if somebody wants that. */
  readonly interruption?: () => string | undefined;
}

/** Runs a transaction to its end. Never rejects: whatever goes wrong behind the first write is undone first. */
export async function runTransaction(transaction: Transaction): Promise<Result> {
  return drive(begin(setupOf(transaction)), transaction);
}

/**
 * Undoes what a process that is gone left half done on its way from `before` to `desired`; how far it came is not asked.
 * Ends as `rolled-back` or `stranded`; never rejects.
 */
export async function undoTransaction(before: Table, transaction: Transaction): Promise<Result> {
  // Whatever may have been drained: a backend of weight 0, or a flag for that time, is then known for the run's own.
  const options = { ...transaction, drain: 1 };
  const plan = planTables({ table: before, activity: new Map() }, transaction.desired, options);
  return drive(beginRecovery(setupOf(transaction), plan), transaction);
}

function setupOf(transaction: Transaction): Setup {
  const { port, stages = {} } = transaction;
  const present = new Set(stageNames.filter((name) => stages[name] !== undefined));
  return { ...transaction, maxBatch: port.maxBatch, stages: present };
}

async function drive([begun, first]: Transition, transaction: Transaction): Promise<Result> {
  const { observe, interruption } = transaction;
  let [machine, effect] = [begun, first];
  while (effect.kind !== 'finish') {
    observe?.(effect);
    const wish = interruptible(machine) ? interruption?.() : undefined;
    const event = wish === undefined ? await perform(effect, transaction) : interrupted(wish);
    [machine, effect] = next(machine, event);
  }
  return effect.result;
}

type Performable = Exclude<Effect, { readonly kind: 'finish' }>;

async function perform(effect: Performable, { port, stages = {}, clock }: Transaction): Promise<Event> {
  try {
    if (effect.kind === 'read') {
      const snapshot = await port.dump();
      return { kind: 'snapshot', snapshot, ...(clock === undefined ? {} : { at: clock.now() }) };
    }
    if (effect.kind === 'pause') {
      await clock?.pause(effect.milliseconds);
      return { kind: 'done' };
    }
    if (effect.kind === 'execute') {
      return { kind: 'executed', refusals: await port.execute(effect.batch.map(({ forward }) => forward)) };
    }
    const answer = effect.kind === 'close' ? stages.close?.(effect.result) : stages[effect.kind]?.(effect.plan);
    return (await answer) ?? { kind: 'done' };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof KernelFault) return { kind: error.kind, message: error.message };
  if (error instanceof StorageFault) return { kind: 'storage', message: error.message };
  return { kind: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function interrupted(message: string): Event {
  return { kind: 'failed', failure: { kind: 'interrupted', message } };
}
