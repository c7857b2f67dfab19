/** Owns the stage that lets a command of the operator judge the new table. */

import type { Event } from '../apply/effect.ts';
import { runCommand } from './command.ts';

/** Lines of the command's output that are quoted if it fails. */
const quotedLines = 5;

/**
 * The stage of a run that keeps the new table only if `command` ends with 0 within `timeout` milliseconds. Its words are
 * separated by blanks (`\ ` is a blank inside of one); no shell sees them.
 */
export function checkStage(command: string, timeout: number): () => Promise<Event> {
  return async () => {
    const { parseCommandString } = await import('execa');
    const [program = '', ...words] = parseCommandString(command);
    const { code, output, timedOut } = await runCommand(program, words, { timeout });
    if (code === 0) return { kind: 'done' };
    const end = timedOut ? `it did not end within ${timeout / 1000} s` : `it ended with ${code ?? 'a signal'}`;
    const said = output.trimEnd().split('\n').slice(-quotedLines).join('\n');
    return { kind: 'check-failed', message: said === '' ? end : `${end}\n${said}` };
  };
}
