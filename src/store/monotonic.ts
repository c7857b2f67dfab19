/** Owns the clock that goes on through a change of the time of day, and the waiting by it. */

import process from 'node:process';

/** Milliseconds since some moment. (`performance` would tell the same, and load a dozen of Node's modules for it.) */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Resolves after so many milliseconds, or when it is aborted. */
export async function pause(milliseconds: number, aborted?: AbortSignal): Promise<void> {
  const { setTimeout: delay } = await import('node:timers/promises');
  await delay(milliseconds, undefined, aborted && { signal: aborted }).catch(() => undefined);
}
