/** Owns IP addresses: a checked canonical text, so that equal addresses are equal strings. */

import type { Brand } from '../text/brand.ts';
import type { Family } from './family.ts';

/**
 * An IPv4 or IPv6 address in the one spelling that glibc's inet_ntop() gives it (which is also ipvsadm's):
 * dotted quad, or lower-case groups with the first longest run of zeros as `::`. No zone, no brackets.
 */
export type Address = Brand<string, 'Address'>;

/** The family an address belongs to. */
export function familyOf(address: Address): Family {
  return address.includes(':') ? 'ip6' : 'ip';
}

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dottedQuad = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

/** Reads what inet_pton(AF_INET) accepts: exactly four decimal octets without leading zeros. */
export function parseIpv4(text: string): Address | undefined {
  return dottedQuad.test(text) ? (text as Address) : undefined;
}

const hexGroup = /^[0-9a-fA-F]{1,4}$/;

/** The groups of one side of `::`, or undefined; a dotted quad may stand for the last two. */
function parseGroups(text: string, quadAllowed: boolean): number[] | undefined {
  if (text === '') return [];
  const words = text.split(':');
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    const quad = quadAllowed && index === words.length - 1 ? dottedQuad.exec(word) : null;
    if (quad !== null) {
      const [a = 0, b = 0, c = 0, d = 0] = quad.slice(1).map(Number);
      groups.push((a << 8) | b, (c << 8) | d);
    } else if (hexGroup.test(word)) groups.push(Number.parseInt(word, 16));
    else return undefined;
  }
  return groups;
}

/** The eight 16-bit groups of an IPv6 text, or undefined. */
function parseIpv6Groups(text: string): number[] | undefined {
  const gap = text.indexOf('::');
  if (gap === -1) {
    const groups = parseGroups(text, true);
    return groups?.length === 8 ? groups : undefined;
  }
  const head = parseGroups(text.slice(0, gap), false);
  const tail = parseGroups(text.slice(gap + 2), true);
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...Array.from<number>({ length: 8 - head.length - tail.length }).fill(0), ...tail];
}

/** Reads what inet_pton(AF_INET6) accepts (RFC 4291, 2.2); no zone, no prefix length, no brackets. */
export function parseIpv6(text: string): Address | undefined {
  // The usual caller asks about `192.0.2.1:80`: whatever has less than two colons is none.
  if (text.indexOf(':') === text.lastIndexOf(':')) return undefined;
  const groups = parseIpv6Groups(text);
  return groups === undefined ? undefined : formatIpv6(groups);
}

/** Reads an address of either family; undefined if `text` is not one. Host names are never looked up. */
export function parseAddress(text: string): Address | undefined {
  return parseIpv4(text) ?? parseIpv6(text);
}

/** Start and length of the first longest run of two or more zero groups (RFC 5952, 4.2). */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 1 };
  let start = -1;
  for (const [index, group] of [...groups, 1].entries()) {
    if (group === 0) start = start === -1 ? index : start;
    else {
      if (start !== -1 && index - start > best.length) best = { start, length: index - start };
      start = -1;
    }
  }
  return best;
}

/** As glibc prints: `::ffff:10.0.0.1` and `::10.0.0.1` keep the dotted quad at their end. */
function formatIpv6(groups: readonly number[]): Address {
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  const mapped = run.start === 0 && (run.length === 6 || (run.length === 5 && groups[5] === 0xffff));
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    const quad = `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
    return (run.length === 6 ? `::${quad}` : `::ffff:${quad}`) as Address;
  }
  if (run.start === -1) return hex.join(':') as Address;
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}` as Address;
}

/** An IPv4 address as an unsigned 32-bit number. By hand: each one on its way to the kernel comes through here. */
export function ipv4Number(address: Address): number {
  let number = 0;
  let octet = 0;
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index);
    if (code === 0x2e) {
      number = 256 * number + octet;
      octet = 0;
    } else octet = 10 * octet + code - 0x30;
  }
  return 256 * number + octet;
}

/** The IPv4 address of an unsigned 32-bit number. */
export function ipv4FromNumber(number: number): Address {
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}` as Address;
}

/** The address as the kernel takes it: 4 or 16 bytes in network order. */
export function addressBytes(address: Address): Uint8Array {
  if (familyOf(address) === 'ip') {
    const number = ipv4Number(address);
    return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
  }
  const groups = parseIpv6Groups(address) ?? [];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/**
 * The address in the 4 or 16 of `bytes` from `offset` on (network order; missing bytes read as 0, as in the kernel).
 */
export function addressFromBytes(bytes: Uint8Array, family: Family, offset = 0): Address {
  const at = (index: number): number => bytes[offset + index] ?? 0;
  if (family === 'ip') return `${at(0)}.${at(1)}.${at(2)}.${at(3)}` as Address;
  return formatIpv6(Array.from({ length: 8 }, (_, index) => (at(2 * index) << 8) | at(2 * index + 1)));
}

/** Orders IPv4 before IPv6 and each family as unsigned numbers, as people expect a table to be sorted. */
export function compareAddresses(left: Address, right: Address): number {
  if (left === right) return 0;
  if (familyOf(left) === 'ip' && familyOf(right) === 'ip') return ipv4Number(left) - ipv4Number(right);
  const [a, b] = [addressBytes(left), addressBytes(right)];
  if (a.length !== b.length) return a.length - b.length;
  for (const [index, byte] of a.entries()) {
    const difference = byte - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
