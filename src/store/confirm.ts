/** Owns the confirmation: the run that waits for it and the command that gives it meet in the journal. */

import type { Event } from '../apply/effect.ts';
import { type Settlement, giveSign, hasSign, isPending, lastSettlement } from './journal.ts';
import { monotonicNow, pause } from './monotonic.ts';
import type { StateDirectory } from './state-directory.ts';

/** Milliseconds between two looks. */
const interval = 200;

/** Milliseconds that a run may take to settle when it was confirmed. */
const patience = 30_000;

/**
 * The stage of a run that waits up to `timeout` milliseconds for its confirmation. `interruption` is asked meanwhile.
 * The clock that counts is one that nobody can set.
 */
export function confirmStage(
  directory: StateDirectory,
  timeout: number,
  interruption: () => string | undefined = () => undefined,
): () => Promise<Event> {
  return async () => {
    const deadline = monotonicNow() + timeout;
    await giveSign(directory, 'waiting');
    for (;;) {
      if (await hasSign(directory, 'confirmed')) return { kind: 'done' };
      const wish = interruption();
      if (wish !== undefined) return { kind: 'failed', failure: { kind: 'interrupted', message: wish } };
      const left = deadline - monotonicNow();
      if (left <= 0) return { kind: 'expired' };
      await pause(Math.min(interval, left));
    }
  };
}

/** What became of a confirmation. */
export type Confirmation =
  /** The transaction ended so; `applied` is what was wished for. */
  | { readonly kind: 'settled'; readonly settlement: Settlement }
  /** No transaction is pending. */
  | { readonly kind: 'nothing' }
  /** One is pending, but it does not wait to be confirmed. */
  | { readonly kind: 'not-waiting' }
  /** It does not answer: its process must be gone. */
  | { readonly kind: 'no-answer' };

/** Confirms the pending transaction and waits until it is settled. */
export async function confirmPending(directory: StateDirectory): Promise<Confirmation> {
  if (!(await isPending(directory))) return { kind: 'nothing' };
  if (!(await hasSign(directory, 'waiting'))) return { kind: (await isPending(directory)) ? 'not-waiting' : 'nothing' };
  await giveSign(directory, 'confirmed');
  const deadline = monotonicNow() + patience;
  while (await isPending(directory)) {
    if (monotonicNow() > deadline) return { kind: 'no-answer' };
    await pause(interval);
  }
  const settlement = await lastSettlement(directory);
  return settlement === undefined ? { kind: 'nothing' } : { kind: 'settled', settlement };
}
