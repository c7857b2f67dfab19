/** Owns a run of the modern command line: words in, one exit code out. */

import { optionWords, parseCommandLine } from './command-line.ts';
import { help } from './commands/help.ts';
import { commands } from './commands/table.ts';
import { conclude } from './conclude.ts';
import { createContext } from './context.ts';
import { exitCode } from './exit.ts';
import { Failure } from './failure.ts';
import { type GlobalValues, noOptions } from './global-options.ts';
import type { Host } from './host.ts';

/** A help text is given for an incomplete command line too, so it is looked for before the line is parsed. */
function asksForHelp(words: readonly string[]): boolean {
  return optionWords(words).some((word) => word === '--help' || word === '-h');
}

async function run(words: readonly string[], host: Host): Promise<number> {
  if (asksForHelp(words)) {
    const topic = words.find((word) => commands.some(({ name }) => name === word));
    await help(topic, commands, createContext(host, noOptions));
    return exitCode('done');
  }
  const { command, values } = parseCommandLine(words, commands);
  const options = values as unknown as GlobalValues;
  const elsewhere = options.netns === undefined ? undefined : await enterNamespace(options.netns, options);
  return elsewhere ?? exitCode(await command.run(values, createContext(host, options)));
}

/** The exit code of the command line inside of another namespace; undefined if it is to be run here. */
async function enterNamespace(netns: string, { kernel }: GlobalValues): Promise<number | undefined> {
  if (kernel?.kind === 'memory') throw new Failure('usage', 'a memory kernel has no network namespaces');
  const { runInNamespace } = await import('./enter-namespace.ts');
  return runInNamespace(netns);
}

/** Runs a command line and says what went wrong; never rejects. */
export function runModern(words: readonly string[], host: Host): Promise<number> {
  return conclude(() => run(words, host), host);
}
