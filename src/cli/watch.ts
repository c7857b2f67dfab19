/** Owns `--watch`: a result that is printed again and again, until somebody has seen enough. */

import { pause as pauseFor } from '../store/monotonic.ts';
import type { Context } from './context.ts';
import type { Options } from './option.ts';
import { hearSignals } from './signals.ts';

/** For commands that show what goes on at the moment. */
export const watchOptions = {
  watch: {
    kind: 'flag',
    alias: 'w',
    summary: 'print it every 2 seconds until interrupted; as a line each with --json',
  },
} as const satisfies Options;

/** Milliseconds. */
const interval = 2000;

/** As much of a text as a screen of so many lines shows, and how much that leaves out. */
function fit(text: string, rows: number): string {
  const lines = text.trimEnd().split('\n');
  // The cursor stands on the last line.
  const room = Math.max(2, rows - 1);
  if (lines.length <= room) return text;
  return `${[...lines.slice(0, room - 1), `(${lines.length - room + 1} more lines)`].join('\n')}\n`;
}

/** Data as a result: one line of many, or laid out for those who look at it. */
export function jsonText(data: object, oneOfMany: boolean): string {
  return `${JSON.stringify(data, undefined, oneOfMany ? 0 : 2)}\n`;
}

/** Prints what `read` says: on a terminal in one place, elsewhere one below the other. A signal is the end, and no error. */
export async function watch(
  read: () => Promise<string>,
  { host, options, print }: Context,
  pause = pauseFor,
): Promise<void> {
  const { isTTY = false, rows = 24 } = host.stdout;
  const signals = hearSignals();
  try {
    for (let first = true; signals.received() === undefined; first = false) {
      const text = await read();
      const frame = isTTY ? `\u001B[H\u001B[J${fit(text, rows)}` : first || options.json ? text : `\n${text}`;
      await print(frame);
      await pause(interval, signals.aborted);
    }
  } finally {
    signals.release();
  }
}
