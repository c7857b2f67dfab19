/** Owns what host names in a rule file mean: asked for at the edge, each once, all at the same time. */

import { type Address, addressFromBytes } from '../../grammar/value/address.ts';
import type { Names } from '../compile/rules/context.ts';

/** Finds the addresses of names that a rule file needs. */
export type Resolve = (names: ReadonlySet<string>) => Promise<Names>;

/** Asks the system, for IPv4 addresses as ipvsadm does, about each name once. A name without one stays unknown. */
export function askSystem(): Resolve {
  const addresses = new Map<string, Address | undefined>();
  return async (names) => {
    const { hostAddress } = await import('./classic/host-names.ts');
    const unknown = Array.from(names).filter((name) => !addresses.has(name));
    const found = await Promise.all(unknown.map(hostAddress));
    for (const [index, name] of unknown.entries()) addresses.set(name, found[index]);
    return { host: (name) => addresses.get(name) };
  };
}

/**
 * Gives each name an address that nobody has (240.0.0.0/4, RFC 1112), so that a file can be judged without a network:
 * everything but the address itself.
 */
export const pretendNames: Resolve = async (names) => {
  const numbers = new Map(Array.from(names, (name, index) => [name, index + 1]));
  const addressOf = (number: number): Address =>
    addressFromBytes(Uint8Array.of(240, number >> 16, (number >> 8) & 255, number & 255), 'ip');
  return {
    pretended: true,
    host: (name) => {
      const number = numbers.get(name);
      return number === undefined ? undefined : addressOf(number);
    },
  };
};
