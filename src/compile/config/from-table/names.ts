/** Owns the names of blocks and pools: they come from what a thing is, never from its place in the table. */

import type { Address } from '../../../../grammar/value/address.ts';
import type { Family } from '../../../../grammar/value/family.ts';
import { ports } from '../../../../grammar/value/limits.ts';
import { nameOfPort } from '../../../../grammar/value/port-names.ts';
import type { ServiceKey } from '../../../model/service.ts';
import { type Block, type BlockMember, type BlockPool, lowestAddress } from './blocks.ts';

/** Colons can't stand in a name. */
const addressPart = (address: Address): string => address.replaceAll(':', '-');

/** Ports say more than marks, and low ports more than high ones. */
function rank(key: ServiceKey): number {
  return key.kind === 'mark' ? key.mark + ports.to : key.port;
}

/** `http`, `tcp-8443`, `mark-7`: what the most telling listener is called. */
function commonName(listeners: readonly ServiceKey[]): string {
  const [first] = listeners.toSorted((left, right) => rank(left) - rank(right));
  if (first === undefined) return 'service';
  if (first.kind === 'mark') return `mark-${first.mark}`;
  return nameOfPort(first.port, first.protocol) ?? `${first.protocol}-${first.port}`;
}

/** A name that the language takes, of one that a person or another program gave. */
function wordOf(text: string): string {
  const word = text.replaceAll(/[^A-Za-z0-9_.-]+/g, '-');
  return /^[A-Za-z_]/.test(word) && word !== 'resolve' ? word : `n-${word}`;
}

/**
 * Gives each thing the first of its names that no other thing has as well; the names of one thing become longer and
 * more exact. Things whose names are all taken are numbered.
 */
export function distinctNames<T>(
  things: readonly T[],
  namesOf: (thing: T) => readonly string[],
): ReadonlyMap<T, string> {
  const chosen = new Map<T, string>();
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  let open = things.map((thing) => ({ thing, names: namesOf(thing) }));
  for (let level = 0; open.length > 0; level++) {
    const counts = new Map<string, number>();
    for (const { names } of open) {
      const name = names[level];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const rest: typeof open = [];
    for (const { thing, names } of open) {
      const name = names[level];
      if (name === undefined) {
        const base = names.at(-1) ?? '';
        let number = (numbers.get(base) ?? 0) + 1;
        while (taken.has(`${base}-${number}`)) number++;
        numbers.set(base, number);
        chosen.set(thing, `${base}-${number}`);
        taken.add(`${base}-${number}`);
      } else if (counts.get(name) === 1 && !taken.has(name)) {
        chosen.set(thing, name);
        taken.add(name);
      } else rest.push({ thing, names });
    }
    open = rest;
  }
  return new Map(things.map((thing) => [thing, chosen.get(thing) ?? '']));
}

/** IPv4 is what a name without a family means. */
const familyPart = (family: Family): string => (family === 'ip6' ? '-ip6' : '');

/** The names that a block may have. */
export function blockNames({ name, listeners, family }: Block): readonly string[] {
  const base = name === undefined ? commonName(listeners) : wordOf(name);
  const part = familyPart(family);
  const [first] = listeners;
  if (first === undefined || first.kind === 'mark') return [base, `${base}${part}`];
  const { protocol, address, port } = first;
  const exact = addressPart(address);
  return [base, `${base}${part}`, `${base}-${protocol}${part}`, `${base}-${exact}`, `${protocol}-${port}-${exact}`];
}

/** The names that a pool may have, with the blocks that use it. */
export function poolNames(pool: BlockPool, users: readonly Block[]): readonly string[] {
  const [named] = users.flatMap(({ name }) => (name === undefined ? [] : [wordOf(name)])).sort();
  const base = named ?? commonName(users.flatMap(({ listeners }) => listeners));
  const lowest = lowestAddress(pool);
  const part = familyPart(users[0]?.family ?? 'ip');
  return lowest === undefined ? [base] : [base, `${base}${part}`, `${base}-${addressPart(lowest)}`];
}

/** The names that the members of one pool keep: those that the language takes, once each. */
export function memberNames(members: readonly BlockMember[]): (member: BlockMember) => string | undefined {
  const counts = new Map<string, number>();
  for (const { name } of members) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return ({ name }) => (name !== undefined && counts.get(name) === 1 && wordOf(name) === name ? name : undefined);
}
