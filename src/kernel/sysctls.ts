/** Owns the reading of net.ipv4.vs of this network namespace (kernel reference, 6.1). */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Sysctls, sysctlsThatMatter } from '../model/sysctls.ts';

const directory = '/proc/sys/net/ipv4/vs';

/** What can be read of these: nothing without ip_vs, and not all of it in a namespace of another user. */
function readThese(names: readonly string[]): Sysctls {
  const sysctls = new Map<string, string>();
  for (const name of names) {
    const text = unlessMissing(() => readFileSync(join(directory, name), 'utf8'));
    if (text !== undefined) sysctls.set(name, text.trim().replaceAll(/\s+/g, ' '));
  }
  return sysctls;
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Those that a plan goes by. */
export function readSysctlsThatMatter(): Sysctls {
  return readThese(sysctlsThatMatter.map(({ name }) => name));
}

/** All that there are. */
export function readSysctls(): Sysctls {
  return readThese(unlessMissing(() => readdirSync(directory)) ?? []);
}
