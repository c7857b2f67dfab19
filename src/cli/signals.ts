/** Owns the wish to stop that comes as a signal: it is heard between two steps of a run, never in the middle of one. */

import process from 'node:process';

/** What a terminal sends on Ctrl-C, init on shutdown, and a terminal that goes away. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals that are being heard. */
export interface Signals {
  /** The first one that came. */
  readonly received: () => string | undefined;
  /** Aborted when it comes, for whoever waits for something else meanwhile. */
  readonly aborted: AbortSignal;
  /** Leaves signals to end the process again. */
  readonly release: () => void;
}

/** Hears signals instead of being ended by them. */
export function hearSignals(): Signals {
  const controller = new AbortController();
  let first: string | undefined;
  const hear = (signal: string): void => {
    first ??= signal;
    controller.abort();
  };
  for (const signal of stopSignals) process.on(signal, hear);
  return {
    received: () => first,
    aborted: controller.signal,
    release: () => {
      for (const signal of stopSignals) process.off(signal, hear);
    },
  };
}
