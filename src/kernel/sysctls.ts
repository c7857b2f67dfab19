/** Owns the reading of net.ipv4.vs of this network namespace (kernel reference, 6.1). */

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sysctls } from '../model/sysctls.ts';

const directory = '/proc/sys/net/ipv4/vs';

/** What can be read of them: nothing without ip_vs, and not all of it in a namespace of another user. */
export async function readSysctls(path = directory): Promise<Sysctls> {
  const names = await readdir(path).catch(() => []);
  const values = names.map(async (name): Promise<[string, string] | undefined> => {
    const text = await readFile(join(path, name), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : [name, text.trim().replaceAll(/\s+/g, ' ')];
  });
  return new Map((await Promise.all(values)).filter((each) => each !== undefined));
}
