/** Owns many runs of the real ipvsadm in one namespace. */

import type { CommandResult } from './command.ts';
import type { Namespace } from './namespace.ts';
import { openShell, quoted } from './shell.ts';

/** Runs the real ipvsadm, one call after the other. */
export interface IpvsadmShell {
  run(words: readonly string[], input: string): Promise<CommandResult>;
  close(): void;
}

/** Opens a shell that lives until it is closed. */
export function openIpvsadmShell(namespace: Namespace): IpvsadmShell {
  const { run, close } = openShell(namespace);
  return { run: (words, input) => run(`exec ipvsadm ${words.map(quoted).join(' ')}`, input), close };
}
