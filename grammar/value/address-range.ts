/** Owns runs of addresses as the config language writes them: `10.0.1.21-24`, `10.0.1.21-10.0.2.9`, `10.0.1.0/28`. */

import { type Address, addressBytes, addressFromBytes, familyOf, parseAddress } from './address.ts';
import type { Family } from './family.ts';

/** Addresses that follow each other as numbers. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  /** At least 1; up to 2^128. */
  readonly count: bigint;
}

function numberOf(address: Address): bigint {
  return addressBytes(address).reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function addressAt(number: bigint, family: Family): Address {
  const bytes = new Uint8Array(family === 'ip' ? 4 : 16);
  let rest = number;
  for (let index = bytes.length - 1; index >= 0; index--, rest >>= 8n) bytes[index] = Number(rest & 0xffn);
  return addressFromBytes(bytes, family);
}

/** The last address of `FIRST-LAST`: a whole one, or what its last octet (or group) is. */
function lastOf(first: Address, text: string): Address | undefined {
  const whole = parseAddress(text);
  if (whole !== undefined) return whole;
  const bytes = addressBytes(first);
  if (familyOf(first) === 'ip') {
    if (!/^\d{1,3}$/.test(text) || Number(text) > 255) return undefined;
    bytes[3] = Number(text);
  } else {
    // Behind a dotted quad nobody knows whether 12 is decimal or not.
    if (!/^[0-9a-fA-F]{1,4}$/.test(text) || first.includes('.')) return undefined;
    const group = Number.parseInt(text, 16);
    bytes[14] = group >> 8;
    bytes[15] = group & 255;
  }
  return addressFromBytes(bytes, familyOf(first));
}

/** The parts of what looks like a range or a prefix. */
function split(text: string): { address: Address; separator: string; tail: string } | undefined {
  const [, head = '', separator = '', tail = ''] = /^([^-/]+)([-/])(.*)$/.exec(text) ?? [];
  const address = parseAddress(head);
  return address && { address, separator, tail };
}

/** Bits of an address. */
const widths: Readonly<Record<Family, number>> = { ip: 32, ip6: 128 };

function isPrefixLength(text: string, width: number): boolean {
  return /^\d{1,3}$/.test(text) && Number(text) <= width;
}

/**
 * Reads a range or a prefix; undefined if it is neither, if the range runs backwards or into the other family, or if
 * bits are set behind the prefix.
 */
export function parseAddressRange(text: string): AddressRange | undefined {
  const parts = split(text);
  if (parts === undefined) return undefined;
  const { address, separator, tail } = parts;
  const family = familyOf(address);
  const first = numberOf(address);
  if (separator === '-') {
    const last = lastOf(address, tail);
    if (last === undefined || familyOf(last) !== family) return undefined;
    const count = numberOf(last) - first + 1n;
    return count > 0n ? { family, first, count } : undefined;
  }
  const width = widths[family];
  if (!isPrefixLength(tail, width)) return undefined;
  const count = 1n << BigInt(width - Number(tail));
  return first % count === 0n ? { family, first, count } : undefined;
}

/** What was probably meant by a text that begins as a range or a prefix does, and is none. */
export function adviceOnRange(text: string): string | undefined {
  const parts = split(text);
  if (parts === undefined) return undefined;
  const { address, separator, tail } = parts;
  const family = familyOf(address);
  if (separator === '/') {
    const width = widths[family];
    if (!isPrefixLength(tail, width)) return `behind the / stands the length of the prefix, 0 to ${width}`;
    const size = 1n << BigInt(width - Number(tail));
    const first = numberOf(address);
    return `did you mean ${addressAt(first - (first % size), family)}/${tail}?`;
  }
  const last = lastOf(address, tail);
  if (last === undefined) {
    const part = family === 'ip' ? 'its last octet, 0 to 255' : 'its last group, 0 to ffff';
    const isPartTaken = family === 'ip' || !address.includes('.');
    return `behind the - stands the last address${isPartTaken ? `, or ${part}` : ''}`;
  }
  return familyOf(last) === family ? `did you mean ${last}-${address}?` : 'both ends of a range are of one family';
}

/** Every address of a range, in order. Look at `count` before. */
export function addressesOf({ family, first, count }: AddressRange): readonly Address[] {
  return Array.from({ length: Number(count) }, (_, index) => addressAt(first + BigInt(index), family));
}

/** Whether an address is one of a range. */
export function holdsAddress({ family, first, count }: AddressRange, address: Address): boolean {
  if (familyOf(address) !== family) return false;
  const number = numberOf(address);
  return number >= first && number < first + count;
}
