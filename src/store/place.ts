/** Owns which table state is about: the boot, the network namespace, and the name that people know that by. */

import { promises } from 'node:fs';
import { join } from 'node:path';

/** Where a table lives. */
export interface Place {
  /** Changes with every boot, which no table outlives. */
  readonly boot: string;
  /** `net:[4026531840]`: no other living namespace of this boot has it. */
  readonly namespace: string;
  /** `init`, a name under /run/netns, or the namespace's number: what its directory is called. */
  readonly name: string;
}

/** Where `ip netns` keeps names. */
const namesDirectory = '/run/netns';

/** The place of this process. */
export async function presentPlace(): Promise<Place> {
  const [boot, namespace] = await Promise.all([
    promises.readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    promises.readlink('/proc/self/ns/net'),
  ]);
  return { boot: boot.trim(), namespace, name: await nameOf(namespace) };
}

/**
 * Whether this is the namespace of process 1. Everybody may see the files of its network, whose inode numbers are those of
 * ours exactly if they are the same; to read its `ns/net` takes every capability that it has, which a sandboxed unit lacks.
 */
async function isInitial(): Promise<boolean> {
  const [first, own] = await Promise.all([promises.stat('/proc/1/net/dev'), promises.stat('/proc/self/net/dev')]);
  return first.ino === own.ino;
}

async function nameOf(namespace: string): Promise<string> {
  // Where /proc hides other people's processes, who sees no process 1 has no state to keep either.
  if (await isInitial().catch(() => false)) return 'init';
  const inode = Number(/\d+/.exec(namespace)?.[0]);
  for (const name of await promises.readdir(namesDirectory).catch(() => [])) {
    const stats = await promises.stat(join(namesDirectory, name)).catch(() => undefined);
    if (stats?.ino === inode) return `netns-${name}`;
  }
  return `net-${inode}`;
}
