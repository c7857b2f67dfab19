/** Owns what follows each other: ports and addresses that are written as one range. */

import { parseAddressRange } from '../../../../grammar/value/address-range.ts';
import { type Address, addressBytes, familyOf } from '../../../../grammar/value/address.ts';

/** Fewer are easier to read one by one. */
const shortestRange = 3;
/** A range may stand for so many addresses. */
const longestRange = 65_536;

/** The parts of a list in which each entry follows the one before it. */
export function runsOf<T>(list: readonly T[], follows: (before: T, entry: T) => boolean): readonly (readonly T[])[] {
  const runs: T[][] = [];
  for (const entry of list) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && run.length < longestRange && follows(before, entry))
      run.push(entry);
    else runs.push([entry]);
  }
  return runs.flatMap((run) => (run.length < shortestRange ? run.map((entry) => [entry]) : [run]));
}

/** Whether an address is the next one as a number. */
export function isNextAddress(before: Address, address: Address): boolean {
  const bytes = addressBytes(before);
  if (familyOf(before) !== familyOf(address)) return false;
  const next = addressBytes(address);
  let carry = 1;
  for (let index = bytes.length - 1; index >= 0; index--) {
    const sum = (bytes[index] ?? 0) + carry;
    if (next[index] !== (sum & 255)) return false;
    carry = sum >> 8;
  }
  return carry === 0;
}

/** A run of addresses as the config language writes it; only what differs is written behind the dash, if that is enough. */
export function addressRange(first: Address, last: Address): string {
  if (first === last) return first;
  const tail = last.slice(Math.max(last.lastIndexOf('.'), last.lastIndexOf(':')) + 1);
  const short = parseAddressRange(`${first}-${tail}`);
  const long = parseAddressRange(`${first}-${last}`);
  return tail !== '' && short !== undefined && short.count === long?.count ? `${first}-${tail}` : `${first}-${last}`;
}
