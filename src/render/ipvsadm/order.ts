/** Owns the order of a listing: as numbers, as the kernel gives it, or as ipvsadm 1.31 sorts it. */

import { addressBytes } from '../../../grammar/value/address.ts';
import { protocolNumber } from '../../../grammar/value/protocol.ts';
import type { LiveDestination, LiveService } from '../../model/activity.ts';
import { type DestinationKey, compareDestinationKeys } from '../../model/destination.ts';
import { type ServiceKey, compareServiceKeys, serviceFamily } from '../../model/service.ts';

/** `compat` reproduces the overflows of ipvsadm 1.31, for comparisons with its output. */
export type ListingOrder = 'number' | 'kernel' | 'compat';

/** A 32-bit word of an address (network order) as an unsigned number; 0 behind the end. */
function wordAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/**
 * ipvsadm's comparison: the difference of unsigned words, kept in a signed one, so that it is wrong from 2^31 on.
 * IPv6 has four words, and the left side decides how many are compared (ipvsadm reference, 3.2).
 */
function subtractAddresses(left: Uint8Array, right: Uint8Array): number {
  for (let at = 0; at < left.length; at += 4) {
    const difference = (wordAt(left, at) - wordAt(right, at)) | 0;
    if (difference !== 0) return difference;
  }
  return 0;
}

function subtractServiceKeys(left: ServiceKey, right: ServiceKey): number {
  const markOf = (key: ServiceKey): number => (key.kind === 'mark' ? key.mark : 0);
  const familyNumber = (key: ServiceKey): number => (serviceFamily(key) === 'ip6' ? 10 : 2);
  const byMark = (markOf(left) - markOf(right)) | 0;
  const byFamily = familyNumber(left) - familyNumber(right);
  if (byMark !== 0 || byFamily !== 0) return byMark || byFamily;
  if (left.kind === 'mark' || right.kind === 'mark') return 0;
  return (
    protocolNumber(left.protocol) - protocolNumber(right.protocol) ||
    subtractAddresses(addressBytes(left.address), addressBytes(right.address)) ||
    left.port - right.port
  );
}

function subtractDestinationKeys(left: DestinationKey, right: DestinationKey): number {
  return subtractAddresses(addressBytes(left.address), addressBytes(right.address)) || left.port - right.port;
}

/**
 * The merge sort of glibc's qsort(): halves from the top, the smaller one first. With a comparison that is not
 * transitive each algorithm gives another order, so ipvsadm's order needs this one.
 */
function mergeSort<T>(items: readonly T[], compare: (left: T, right: T) => number): T[] {
  if (items.length <= 1) return [...items];
  const middle = items.length >> 1;
  const left = mergeSort(items.slice(0, middle), compare);
  const right = mergeSort(items.slice(middle), compare);
  const merged: T[] = [];
  let [l, r] = [0, 0];
  for (;;) {
    const [a, b] = [left[l], right[r]];
    if (a === undefined || b === undefined) return [...merged, ...left.slice(l), ...right.slice(r)];
    if (compare(a, b) <= 0) {
      merged.push(a);
      l++;
    } else {
      merged.push(b);
      r++;
    }
  }
}

function sorted<T, Key>(
  items: readonly T[],
  keyOf: (item: T) => Key,
  order: ListingOrder,
  byNumber: (left: Key, right: Key) => number,
  subtract: (left: Key, right: Key) => number,
): readonly T[] {
  if (order === 'kernel' || items.length < 2) return items;
  if (order === 'compat') return mergeSort(items, (left, right) => subtract(keyOf(left), keyOf(right)));
  return items.toSorted((left, right) => byNumber(keyOf(left), keyOf(right)));
}

const serviceKeyOf = ({ key }: LiveService): ServiceKey => key;
const destinationKeyOf = ({ destination }: LiveDestination): DestinationKey => destination.key;

/** The services in the order in which a listing goes through them. */
export function inOrder(services: readonly LiveService[], order: ListingOrder): readonly LiveService[] {
  return sorted(services, serviceKeyOf, order, compareServiceKeys, subtractServiceKeys);
}

/** The destinations of a service in the order in which a listing goes through them. */
export function destinationsInOrder({ destinations }: LiveService, order: ListingOrder): readonly LiveDestination[] {
  return sorted(destinations, destinationKeyOf, order, compareDestinationKeys, subtractDestinationKeys);
}
