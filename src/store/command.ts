/** Owns the running of other programs: without a shell, and with nothing of the caller's environment. */

import { StorageFault } from '../apply/result.ts';

/** What every program gets: a search path that nobody else chose, and messages in one language. */
export const cleanEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/** What a program may be given. */
export interface CommandOptions {
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is ended: first asked, then killed. */
  readonly timeout?: number;
}

/** How a program ended. */
export interface CommandEnd {
  /** Absent if a signal ended it, or the time was up. */
  readonly code?: number;
  /** What it printed, both streams in their order, without the last line end. */
  readonly output: string;
  readonly timedOut: boolean;
}

/** Runs a program to its end. Rejects with a {@link StorageFault} if it can't be started. */
export async function runCommand(
  command: string,
  words: readonly string[],
  { environment: added, timeout }: CommandOptions = {},
): Promise<CommandEnd> {
  const { execa } = await import('execa');
  const ended = await execa(command, words, {
    env: { ...cleanEnvironment, ...added },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
    ...(timeout === undefined ? {} : { timeout }),
  });
  const { exitCode, all, timedOut, isTerminated } = ended;
  if (exitCode === undefined && !isTerminated) throw new StorageFault(`${command} can't be run: ${ended.shortMessage}`);
  return { output: all, timedOut, ...(exitCode === undefined ? {} : { code: exitCode }) };
}
