/** Owns `--netns`: the same command line, run again by a child inside of the namespace. */

import { constants } from 'node:os';
import process from 'node:process';
import { commandInNamespace, isInNamespace, namespacePath } from '../kernel/namespace.ts';
import { Failure, systemErrorText } from './failure.ts';
import { ownCommandLine } from './inner-words.ts';

/** What a terminal, init and a terminal that goes away send: the child decides what to do about it. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs this program's own command line inside the namespace; its exit code. Undefined if this process is there already,
 * as the child is. A process can't change over: its sockets belong to where they were made.
 */
export async function runInNamespace(netns: string): Promise<number | undefined> {
  const path = namespacePath(netns);
  const inside = await isInNamespace(path).catch((error: unknown) => {
    const message = `can't enter network namespace "${netns}": ${systemErrorText(error)}`;
    throw new Failure('error', message, '"ip netns list" prints the names', { cause: error });
  });
  if (inside) return undefined;
  const [program = '', ...words] = commandInNamespace(path, ownCommandLine(...process.argv.slice(2)));
  const { execa } = await import('execa');
  const child = execa(program, words, { stdio: 'inherit', reject: false });
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of passedOn) process.on(signal, passOn);
  const { exitCode, signal, code } = await child;
  for (const signal of passedOn) process.off(signal, passOn);
  if (exitCode !== undefined) return exitCode;
  // As a shell tells of a program that a signal ended.
  if (signal !== undefined) return 128 + constants.signals[signal];
  throw new Failure('error', `can't run ${program}: ${code}`, 'it is part of util-linux');
}
