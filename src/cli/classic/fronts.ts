/** Owns `ipvsadm-save` and `ipvsadm-restore`: their calling convention over our lossless save and strict restore. */

import { restore } from '../commands/restore.ts';
import { save } from '../commands/save.ts';
import { conclude } from '../conclude.ts';
import { createContext } from '../context.ts';
import { exitCode } from '../exit.ts';
import { noOptions } from '../global-options.ts';
import type { Host } from '../host.ts';
import { writeNote } from '../output.ts';

const saveUsage = `Usage: ipvsadm-save [-n]
Prints the table as rules, always with numbers; ipvsadm-restore and ipvsadm -R read them.
`;

/** `ipvsadm-save`: `-n` is what holds anyway; any other option is answered with the usage, any other word ignored. */
async function runSave(words: readonly string[], host: Host): Promise<number> {
  if (words.some((word) => word.startsWith('-') && word !== '-n')) {
    await writeNote(host.stderr, saveUsage);
    return 1;
  }
  const context = createContext(host, noOptions);
  return conclude(async () => exitCode(await save({ format: 'rules', file: undefined }, context)), host);
}

/**
 * `ipvsadm-restore`: makes the table equal to the rules of standard input, or changes nothing. Words are ignored, an
 * empty input empties the table, and nothing is said unless it fails, as users of this program expect.
 */
function runRestore(host: Host): Promise<number> {
  const context = createContext(host, { ...noOptions, quiet: true });
  const input = { source: '-', language: 'rules', limits: { allowEmpty: true } } as const;
  return conclude(async () => exitCode(await restore(input, context)), host);
}

/** The programs beside ipvsadm. */
export type FrontName = 'ipvsadm-save' | 'ipvsadm-restore';

/** Runs one of them; the exit code is 0, or one of ipvstx's own. */
export function runFront(name: FrontName, words: readonly string[], host: Host): Promise<number> {
  return name === 'ipvsadm-save' ? runSave(words, host) : runRestore(host);
}
