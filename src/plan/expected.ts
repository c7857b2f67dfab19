/** Owns what a table becomes by a difference: the expectation that a read-back is held against. */

import { type Destination, type DestinationId, destinationId } from '../model/destination.ts';
import { type Service, type ServiceId, type ServiceKey, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import type { Change } from './change.ts';

/** The table that `changes`, a difference from `table`, lead to. */
export function expectedTable(table: Table, changes: readonly Change[]): Table {
  const services = new Map<ServiceId, Service>(table.services);
  const daemons = { ...table.daemons };
  const timeouts = { ...table.timeouts };

  /** Destinations of edited services, copied once each. */
  const edited = new Map<ServiceId, Map<DestinationId, Destination>>();
  const destinationsOf = (key: ServiceKey): Map<DestinationId, Destination> => {
    const id = serviceId(key);
    const service = services.get(id);
    const destinations = edited.get(id) ?? new Map(service?.destinations);
    edited.set(id, destinations);
    if (service !== undefined) services.set(id, { ...service, destinations });
    return destinations;
  };

  for (const change of changes) {
    switch (change.kind) {
      case 'add-service':
        services.set(serviceId(change.service.key), change.service);
        break;
      case 'edit-service': {
        const id = serviceId(change.after.key);
        const { destinations } = services.get(id) ?? change.before;
        services.set(id, { ...change.after, destinations });
        break;
      }
      case 'remove-service':
        services.delete(serviceId(change.service.key));
        break;
      case 'add-destination':
        destinationsOf(change.service).set(destinationId(change.destination.key), change.destination);
        break;
      case 'edit-destination':
        destinationsOf(change.service).set(destinationId(change.after.key), change.after);
        break;
      case 'remove-destination':
        destinationsOf(change.service).delete(destinationId(change.destination.key));
        break;
      case 'set-timeouts':
        Object.assign(timeouts, change.after);
        break;
      case 'start-daemon':
      case 'restart-daemon':
        daemons[change.after.role] = change.after;
        break;
      case 'stop-daemon':
        daemons[change.before.role] = 'stopped';
        break;
    }
  }
  return { services, timeouts, daemons };
}
