/** Owns the progress of long work: one line that counts on a terminal, a line now and then in a log. */

import type { Effect } from '../apply/effect.ts';
import { operationText } from '../apply/refusal.ts';
import type { Context } from './context.ts';
import { writeNote } from './output.ts';

/** Milliseconds between two lines in a log. */
const logInterval = 5000;

/** Told of every effect of a transaction; says how far it is. */
export type Progress = (effect: Effect) => void;

const verbs = { apply: 'applying', undo: 'rolling back' } as const;

/** Progress on standard error: none with `--quiet`, every operation with `--verbose`. A run of one batch is over before anybody could read. */
export function showProgress({ host, options }: Context, now: () => number = Date.now): Progress {
  if (options.quiet) return () => undefined;
  const { stderr } = host;
  let shown = false;
  let last = now();
  return (effect) => {
    if (options.verbose && effect.kind === 'execute') {
      void writeNote(stderr, effect.batch.map(({ forward }) => `${operationText(forward)}\n`).join(''));
    } else if (effect.kind === 'execute' && effect.total > effect.batch.length) {
      const line = `${verbs[effect.purpose]}: ${effect.done} of ${effect.total} operations`;
      if (stderr.isTTY === true) {
        shown = true;
        void writeNote(stderr, `\r\u001B[K${line}`);
      } else if (now() - last >= logInterval) {
        last = now();
        void writeNote(stderr, `${line}\n`);
      }
    } else if (shown) {
      shown = false;
      void writeNote(stderr, '\r\u001B[K');
    }
  };
}
