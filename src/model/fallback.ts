/** Owns which schedulers refuse the clients of a backend of weight 0 (kernel reference, 3.3). */

import { type SchedulerFlags, schedulerFlagWords } from '../../grammar/value/scheduler-flags.ts';

/** The flag that sends the clients of such a backend elsewhere, if the scheduler has one. */
export function fallbackOf(scheduler: string): { readonly word: string; readonly bit: number } | undefined {
  return schedulerFlagWords.find(({ word }) => word === `${scheduler}-fallback`);
}

/** Whether a client that hashes to a backend of weight 0 is refused although there are others. */
export function refusesDrained(scheduler: string, flags: SchedulerFlags): boolean {
  if (scheduler === 'dh') return true;
  const fallback = fallbackOf(scheduler);
  return fallback !== undefined && (flags & fallback.bit) === 0;
}
