/** Owns what a table does rather than what it is: connections and counters, as read at one moment. */

import type { Destination, DestinationId } from './destination.ts';
import type { Service, ServiceId } from './service.ts';
import type { Table } from './table.ts';

/** Totals since creation or the last zero, and rates (per second) that the kernel refreshes every 2 seconds. */
export interface Counters {
  readonly connections: bigint;
  readonly inPackets: bigint;
  readonly outPackets: bigint;
  readonly inBytes: bigint;
  readonly outBytes: bigint;
  readonly connectionRate: bigint;
  readonly inPacketRate: bigint;
  readonly outPacketRate: bigint;
  readonly inByteRate: bigint;
  readonly outByteRate: bigint;
}

/** Of something through which nothing ever went. */
export const noCounters: Counters = {
  connections: 0n,
  inPackets: 0n,
  outPackets: 0n,
  inBytes: 0n,
  outBytes: 0n,
  connectionRate: 0n,
  inPacketRate: 0n,
  outPacketRate: 0n,
  inByteRate: 0n,
  outByteRate: 0n,
};

/** Present connections of one destination. */
export interface DestinationActivity {
  readonly active: number;
  readonly inactive: number;
  /** Persistence templates. */
  readonly persistent: number;
  /** Only if they were asked for. */
  readonly counters?: Counters;
}

/** What goes on in one service. */
export interface ServiceActivity {
  readonly counters?: Counters;
  readonly destinations: ReadonlyMap<DestinationId, DestinationActivity>;
}

/** A destination with what goes on there. */
export interface LiveDestination {
  readonly destination: Destination;
  readonly activity: DestinationActivity;
}

/** A service as the kernel lists it. */
export interface LiveService extends Pick<Service, 'key' | 'settings'> {
  /** Only if they were asked for. */
  readonly counters?: Counters;
  /** The newest first. */
  readonly destinations: readonly LiveDestination[];
}

/** The kernel's table at one moment. */
export interface Snapshot {
  readonly table: Table;
  readonly activity: ReadonlyMap<ServiceId, ServiceActivity>;
}

const idle: DestinationActivity = { active: 0, inactive: 0, persistent: 0 };

/** The services of a snapshot as the kernel lists them. */
export function listOf({ table, activity }: Snapshot): readonly LiveService[] {
  return Array.from(table.services, ([id, { key, settings, destinations }]) => {
    const present = activity.get(id);
    const live = Array.from(destinations, ([id, destination]): LiveDestination => {
      return { destination, activity: present?.destinations.get(id) ?? idle };
    });
    // A table keeps destinations in the order in which they were added.
    const listed = { key, settings, destinations: live.reverse() };
    return present?.counters === undefined ? listed : { ...listed, counters: present.counters };
  });
}
