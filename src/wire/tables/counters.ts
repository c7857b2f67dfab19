/** Owns the counters of services and destinations (IPVS_STATS_ATTR_*). */

import type { Counters } from '../../model/activity.ts';
import { type AttributeType, attributeTable, type ValueOf } from '../attribute.ts';
import { u32, u64 } from '../attribute-types.ts';

/** The ten rows by the width of the counts; bytes were 64 bits wide from the start. Number 11 is padding. */
function countersTable<Count>(count: AttributeType<Count>) {
  return attributeTable({
    connections: [1, count],
    inPackets: [2, count],
    outPackets: [3, count],
    inBytes: [4, u64],
    outBytes: [5, u64],
    connectionRate: [6, count],
    inPacketRate: [7, count],
    outPacketRate: [8, count],
    inByteRate: [9, count],
    outByteRate: [10, count],
  });
}

/** STATS: all that kernels before 4.1 have. Counts wrap at 2^32. */
export const narrowCounters = countersTable(u32);

/** STATS64. */
export const wideCounters = countersTable(u64);

/** Either of the two, as read. */
type CounterAttributes = ValueOf<typeof narrowCounters> | ValueOf<typeof wideCounters>;

/** The counters of an object that was dumped: the wide ones where there are any. A missing number is 0. */
export function countersToModel(attributes: {
  readonly counters?: ValueOf<typeof narrowCounters>;
  readonly wideCounters?: ValueOf<typeof wideCounters>;
}): Counters | undefined {
  const read: CounterAttributes | undefined = attributes.wideCounters ?? attributes.counters;
  if (read === undefined) return undefined;
  const count = (name: keyof Counters): bigint => BigInt(read[name] ?? 0);
  return {
    connections: count('connections'),
    inPackets: count('inPackets'),
    outPackets: count('outPackets'),
    inBytes: count('inBytes'),
    outBytes: count('outBytes'),
    connectionRate: count('connectionRate'),
    inPacketRate: count('inPacketRate'),
    outPacketRate: count('outPacketRate'),
    inByteRate: count('inByteRate'),
    outByteRate: count('outByteRate'),
  };
}
