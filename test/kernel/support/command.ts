/** Owns running a program to its end and keeping what it said. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import process from 'node:process';
import { text } from 'node:stream/consumers';

/** How a program ended. A program that a signal killed has the status that a shell gives it: 128 and the number. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program may be given beside its words. */
export interface CommandOptions {
  /** Standard input; empty unless given. */
  readonly input?: string;
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs a program, without a shell. Rejects only if it can't be started. */
export async function runCommand(
  command: string,
  words: readonly string[],
  { input = '', environment = {}, cwd = process.cwd() }: CommandOptions = {},
): Promise<CommandResult> {
  const child = spawn(command, words, { cwd, env: { ...process.env, ...environment } });
  // A program that ends without reading its input closes the pipe under us.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
  ]);
  return { status: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), stdout, stderr };
}

/** Runs a program that must succeed and returns its standard output. */
export async function output(command: string, words: readonly string[], options?: CommandOptions): Promise<string> {
  const { status, stdout, stderr } = await runCommand(command, words, options);
  if (status !== 0) throw new Error(`${[command, ...words].join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
