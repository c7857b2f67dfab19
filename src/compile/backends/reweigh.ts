/** Owns a table in which some backends have another weight. */

import { type Destination, type DestinationId, destinationId } from '../../model/destination.ts';
import { type Service, type ServiceId, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import type { Place } from './select.ts';

/** A backend in one of its services, and the weight (0..2147483647) that it shall have there. */
export interface WeighedPlace extends Place {
  readonly weight: number;
}

/** The table with these weights, and all else as it is. What it does not have is not added. */
export function reweigh(table: Table, weighed: readonly WeighedPlace[]): Table {
  const services = new Map<ServiceId, Service>(table.services);
  for (const { service, destination, weight } of weighed) {
    const id = serviceId(service.key);
    const place = destinationId(destination.key);
    const present = services.get(id);
    const backend = present?.destinations.get(place);
    if (present === undefined || backend === undefined) continue;
    const changed: Destination = { ...backend, settings: { ...backend.settings, weight } };
    const destinations = new Map<DestinationId, Destination>(present.destinations).set(place, changed);
    services.set(id, { ...present, destinations });
  }
  return { ...table, services };
}
