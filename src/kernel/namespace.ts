/** Owns going into another network namespace: a process can't, so the program is run again inside of it. */

import { promises } from 'node:fs';

/** The file that stands for a namespace: a name is one of `ip netns`, anything with a slash is a path. */
export function namespacePath(netns: string): string {
  return netns.includes('/') ? netns : `/run/netns/${netns}`;
}

/** Whether this process is in the namespace already. Rejects with the file system's error if there is none at `path`. */
export async function isInNamespace(path: string): Promise<boolean> {
  const [there, here] = await Promise.all([promises.stat(path), promises.stat('/proc/self/ns/net')]);
  return there.ino === here.ino && there.dev === here.dev;
}

/** The words that run `command` in the namespace, with nsenter(1) of util-linux. */
export function commandInNamespace(path: string, command: readonly string[]): readonly string[] {
  return ['nsenter', `--net=${path}`, '--', ...command];
}
