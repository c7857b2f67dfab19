/** Owns many short programs in one namespace: a small shell starts each of them far faster than Node does. */

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommandResult } from './command.ts';
import type { Namespace } from './namespace.ts';

/** Runs scripts, one after the other. */
export interface Shell {
  /** Each in a subshell of its own; a command that a signal killed has the status 128 and the number. */
  readonly run: (script: string, input?: string) => Promise<CommandResult>;
  readonly close: () => void;
}

/** A word, as a script must have it. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Opens a shell that lives until it is closed. */
export function openShell(namespace: Namespace): Shell {
  const directory = mkdtempSync(join(tmpdir(), 'shell-'));
  const [stdin, stdout, stderr] = ['stdin', 'stdout', 'stderr'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  const shell = spawn('nsenter', [`--net=/run/netns/${namespace.name}`, '--', 'bash'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const statuses = createInterface(shell.stdout)[Symbol.asyncIterator]();
  return {
    async run(script, input = '') {
      writeFileSync(stdin, input);
      shell.stdin.write(`( ${script}\n) <${stdin} >${stdout} 2>${stderr}; echo $?\n`);
      const { value } = await statuses.next();
      return { status: Number(value), stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
    },
    close: () => shell.stdin.end(),
  };
}
