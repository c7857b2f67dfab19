/** Owns the names of error numbers on this machine: they differ between architectures. */

import { constants } from 'node:os';
import type { Errno } from '../model/errno.ts';

const names = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name as Errno]));
// Two names for one number: these are the ones that the kernel means.
for (const name of ['EAGAIN', 'EOPNOTSUPP'] as const) names.set(constants.errno[name], name);

/** The symbol of a positive error number, such as `ESRCH`; `E` and the number if Node does not know it. */
export function errnoName(number: number): Errno {
  return names.get(number) ?? `E${number}`;
}
