/** Owns address families as numbers (include/linux/socket.h). */

import type { Family } from '../../../grammar/value/family.ts';

const inet = 2;
const inet6 = 10;

/** AF_INET or AF_INET6. */
export function familyNumber(family: Family): number {
  return family === 'ip6' ? inet6 : inet;
}

/** The family of a number; undefined for one that IPVS does not know, 0 among them. */
export function familyFromNumber(number: number | undefined): Family | undefined {
  if (number === inet) return 'ip';
  return number === inet6 ? 'ip6' : undefined;
}
