/** Owns the making of a snapshot out of the replies of several dumps. */

import type { DestinationActivity, LiveService, ServiceActivity, Snapshot } from '../model/activity.ts';
import { type Destination, type DestinationId, destinationId } from '../model/destination.ts';
import { type Service, type ServiceId, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';

/** What the dumps told, in the order in which the kernel tells it. */
export interface SnapshotParts extends Pick<Table, 'timeouts' | 'daemons'> {
  readonly services: readonly LiveService[];
}

/** Whether something came twice, which shows that something else was added while the dump went on. */
export function isTorn(services: readonly LiveService[]): boolean {
  const ids = new Set(services.map(({ key }) => serviceId(key)));
  if (ids.size < services.length) return true;
  return services.some(({ destinations }) => {
    const own = new Set(destinations.map(({ destination }) => destinationId(destination.key)));
    return own.size < destinations.length;
  });
}

/**
 * Puts the destinations into their services, the oldest first, and parts what is configured from what goes on.
 * Undefined: something came twice, which shows that something else was added while the dump went on.
 */
export function assembleSnapshot({ services, timeouts, daemons }: SnapshotParts): Snapshot | undefined {
  const table = new Map<ServiceId, Service>();
  const activity = new Map<ServiceId, ServiceActivity>();
  for (const { key, settings, counters, destinations } of services) {
    const configured = new Map<DestinationId, Destination>();
    const active = new Map<DestinationId, DestinationActivity>();
    for (const { destination, activity } of destinations.toReversed()) {
      const id = destinationId(destination.key);
      configured.set(id, destination);
      active.set(id, activity);
    }
    if (configured.size < destinations.length) return undefined;
    const id = serviceId(key);
    table.set(id, { key, settings, destinations: configured });
    activity.set(id, counters === undefined ? { destinations: active } : { counters, destinations: active });
  }
  if (table.size < services.length) return undefined;
  return { table: { services: table, timeouts, daemons }, activity };
}
