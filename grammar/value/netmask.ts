/** Owns the granularity of persistence: which clients share one template. */

import type { Brand } from '../text/brand.ts';
import { parseIpv4 } from './address.ts';
import type { Family } from './family.ts';

/**
 * As ipvsadm's `-M` takes it: a dotted quad for IPv4 (any bit pattern: the kernel does not ask for a contiguous one),
 * a prefix length 1..128 for IPv6.
 */
export type Netmask = Brand<string, 'Netmask'>;

/** One template per client address. What ipvsadm sends when `-M` is absent. */
export function hostMask(family: Family): Netmask {
  return (family === 'ip' ? '255.255.255.255' : '128') as Netmask;
}

/** Reads the mask of one family in its canonical spelling; undefined if it is not one. */
export function parseNetmask(text: string, family: Family): Netmask | undefined {
  if (family === 'ip') return parseIpv4(text) as Netmask | undefined;
  return /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 128 ? (text as Netmask) : undefined;
}

/** The IPv4 mask of a prefix length 0..32. */
export function maskOfPrefix(prefix: number): Netmask {
  const octet = (index: number): number => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - 8 * index)));
  return [0, 1, 2, 3].map(octet).join('.') as Netmask;
}
