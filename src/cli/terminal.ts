/** Owns what a terminal allows: colours, a width, a question. */

import { type Layout, plainLayout } from '../render/layout.ts';
import { coloured, plain } from '../render/paint.ts';
import type { Host } from './host.ts';
import { writeNote } from './output.ts';

/** Columns where a terminal does not say how many it has, or says 0, as a serial console does. */
const usualWidth = 80;

/** The layout for a stream: the terminal's width and colours, or neither for a file or a pipe. */
export function layoutOf(stream: Host['stdout'], env: Host['env'], withoutColour: boolean): Layout {
  if (stream.isTTY !== true) return plainLayout;
  // https://no-color.org: present and not empty, whatever its value.
  const colourless = withoutColour || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return { width: stream.columns || usualWidth, paint: colourless ? plain : coloured };
}

/** Whether somebody is there to answer. */
export function canAsk({ stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks a question whose default is no; the end of the input and `aborted` are a no as well. */
export async function confirm(host: Host, question: string, aborted: AbortSignal): Promise<boolean> {
  await writeNote(host.stderr, `${question} [y/N] `);
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: host.stdin });
  const answer = await new Promise<string>((resolve) => {
    lines.once('line', resolve);
    lines.once('close', () => resolve(''));
    aborted.addEventListener('abort', () => lines.close(), { once: true });
    if (aborted.aborted) lines.close();
  });
  lines.close();
  return /^\s*y(es)?\s*$/i.test(answer);
}
