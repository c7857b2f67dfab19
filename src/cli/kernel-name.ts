/** Owns what people are told about the kernel that a command works on. */

import { promises } from 'node:fs';
import { namespacePath } from '../kernel/namespace.ts';
import type { GlobalValues } from './global-options.ts';

/** What tells two namespaces apart; undefined where it may not be looked at. */
async function identityOf(path: string): Promise<string | undefined> {
  const file = await promises.stat(path).catch(() => undefined);
  return file && `${file.dev}:${file.ino}`;
}

/** The name that `ip netns` knows the namespace of this process by. */
async function namespaceName(): Promise<string> {
  const own = await identityOf('/proc/self/ns/net');
  if (own === (await identityOf('/proc/1/ns/net'))) return 'init';
  for (const name of await promises.readdir(namespacePath('.')).catch(() => [])) {
    if (own === (await identityOf(namespacePath(name)))) return name;
  }
  return 'without a name';
}

/** `netns init`, `netns blue`, `memory kernel lab.json`. */
export async function kernelName({ kernel, netns }: GlobalValues): Promise<string> {
  if (kernel?.kind === 'memory') return `memory kernel${kernel.file === undefined ? '' : ` ${kernel.file}`}`;
  return `netns ${netns ?? (await namespaceName())}`;
}
