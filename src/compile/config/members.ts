/** Owns members of pools, and backends that stand in a service without one. */

import type { Member as MemberNode, Pool } from '../../../grammar/ast/config.ts';
import { type Address, familyOf } from '../../../grammar/value/address.ts';
import type { Family } from '../../../grammar/value/family.ts';
import { onlyOnce } from './once.ts';
import { problem } from './problems.ts';
import type { Member, ResolvedPool } from './resolved.ts';
import { readBackendChoices } from './settings.ts';
import { type Resolution, addressesIn, readSet } from './values.ts';

/** No address. Most members have none in one of the families, so all of these are one. */
const none: readonly Address[] = [];

/** The addresses of one family, in a list that has no room for more: there are many of them. */
function ofFamily(addresses: readonly Address[], family: Family): readonly Address[] {
  const [only] = addresses;
  if (only !== undefined && addresses.length === 1) return familyOf(only) === family ? [only] : none;
  return addresses.filter((address) => familyOf(address) === family).slice();
}

/** Reports the first address that a member has twice, and takes away what is too much. */
function reportRepeated(all: Address[], { span }: MemberNode, { report }: Resolution): void {
  const different = new Set<Address>();
  const repeated = all.find((address) => different.size === different.add(address).size);
  if (repeated === undefined) return;
  report(problem('declared-twice', { what: `address ${repeated}` }, { span }));
  all.splice(0, all.length, ...new Set(all));
}

/** A member, if it has an address; what it has may be an empty set. By loops: there may be half a million of them. */
export function readMember(node: MemberNode, resolution: Resolution): Member | 'empty' | 'unreadable' {
  const all: Address[] = [];
  let readable = true;
  for (const value of node.addresses) {
    const atoms = readSet(value, resolution);
    readable &&= atoms !== undefined;
    for (const atom of atoms ?? []) {
      const read = addressesIn(atom, resolution);
      readable &&= read !== undefined;
      all.push(...(read ?? none));
    }
  }
  if (all.length > 1) reportRepeated(all, node, resolution);
  const choices = readBackendChoices(node.options, resolution);
  if (all.length === 0) return readable ? 'empty' : 'unreadable';
  const addresses = { ip: ofFamily(all, 'ip'), ip6: ofFamily(all, 'ip6') };
  const { name, span } = node;
  return name === undefined ? { addresses, choices, span } : { name: name.text, addresses, choices, span };
}

/** A pool with the members that could be read. */
export function readPool({ name, block }: Pool, resolution: Resolution): ResolvedPool {
  const isFirst = onlyOnce(resolution.report, 'member');
  const members: Member[] = [];
  for (const node of block.items) {
    const member = readMember(node, resolution);
    const isNew = node.name === undefined || isFirst(node.name.text, node.name.span);
    if (typeof member === 'object' && isNew) members.push(member);
  }
  return { name: { value: name.text, span: name.span }, members };
}
