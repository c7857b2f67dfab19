/** Owns the names of a configuration in a table that was read from a kernel, which knows none. */

import type { Destination, DestinationId } from '../../model/destination.ts';
import type { Service, ServiceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';

/** What a configuration calls things. */
export interface TableNames {
  service(id: ServiceId): string | undefined;
  /** The name in this service, or else in any other. */
  backend(service: ServiceId, id: DestinationId): string | undefined;
}

/** The names in the table of a configuration. */
export function namesOf(named: Table): TableNames {
  const elsewhere = new Map<DestinationId, string>();
  for (const { destinations } of named.services.values())
    for (const [id, { name }] of destinations) if (name !== undefined) elsewhere.set(id, name);
  return {
    service: (id) => named.services.get(id)?.name,
    backend: (service, id) => named.services.get(service)?.destinations.get(id)?.name ?? elsewhere.get(id),
  };
}

const called = (name: string | undefined): { readonly name?: string } => (name === undefined ? {} : { name });

/** The table with these names. */
export function withNames(table: Table, names: TableNames): Table {
  const services = new Map<ServiceId, Service>();
  for (const [id, service] of table.services) {
    const destinations = new Map<DestinationId, Destination>();
    for (const [backend, each] of service.destinations)
      destinations.set(backend, { ...each, ...called(names.backend(id, backend)) });
    services.set(id, { ...service, ...called(names.service(id)), destinations });
  }
  return { ...table, services };
}
