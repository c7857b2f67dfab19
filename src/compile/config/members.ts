/** Owns members of pools, and backends that stand in a service without one. */

import type { Member as MemberNode, Pool } from '../../../grammar/ast/config.ts';
import { type Address, familyOf } from '../../../grammar/value/address.ts';
import type { Family } from '../../../grammar/value/family.ts';
import { onlyOnce } from './once.ts';
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

/** A member; undefined if it has no address that could be read. By loops: there may be half a million of them. */
export function readMember(node: MemberNode, resolution: Resolution): Member | undefined {
  const all: Address[] = [];
  for (const value of node.addresses) {
    for (const atom of readSet(value, resolution) ?? []) all.push(...(addressesIn(atom, resolution) ?? none));
  }
  const choices = readBackendChoices(node.options, resolution);
  if (all.length === 0) return undefined;
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
    if (member !== undefined && isNew) members.push(member);
  }
  return { name: { value: name.text, span: name.span }, members };
}
