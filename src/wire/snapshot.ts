/** Owns the making of a snapshot out of the replies of several dumps. */

import type { DestinationActivity, ServiceActivity, Snapshot } from '../model/activity.ts';
import { type Destination, type DestinationId, destinationId } from '../model/destination.ts';
import { type Service, type ServiceId, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import type { DestinationReply, ServiceReply } from './reply.ts';

/** What the dumps told, in the order in which the kernel tells it. */
export interface SnapshotParts extends Pick<Table, 'timeouts' | 'daemons'> {
  readonly services: readonly ServiceReply[];
  /** Of each service, in the order of `services`; the newest of each first. */
  readonly destinations: readonly (readonly DestinationReply[])[];
}

/**
 * Puts the destinations into their services, the oldest first, and parts what is configured from what goes on.
 * Undefined: something came twice, which shows that something else was added while the dump went on.
 */
export function assembleSnapshot({ services, destinations, timeouts, daemons }: SnapshotParts): Snapshot | undefined {
  const table = new Map<ServiceId, Service>();
  const activity = new Map<ServiceId, ServiceActivity>();
  for (const [index, { key, settings, counters }] of services.entries()) {
    const configured = new Map<DestinationId, Destination>();
    const active = new Map<DestinationId, DestinationActivity>();
    const replies = destinations[index] ?? [];
    for (const reply of replies.toReversed()) {
      const id = destinationId(reply.destination.key);
      configured.set(id, reply.destination);
      active.set(id, reply.activity);
    }
    if (configured.size < replies.length) return undefined;
    const id = serviceId(key);
    table.set(id, { key, settings, destinations: configured });
    activity.set(id, counters === undefined ? { destinations: active } : { counters, destinations: active });
  }
  if (table.size < services.length) return undefined;
  return { table: { services: table, timeouts, daemons }, activity };
}
