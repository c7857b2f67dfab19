/** Owns what each operation does to a table: the kernel's IPVS as a pure function of a table and operations. */

import { addressFromBytes } from '../../grammar/value/address.ts';
import { type Destination, type DestinationId, destinationId } from '../model/destination.ts';
import type { Errno, Refusal } from '../model/errno.ts';
import type { Operation, OperationKind } from '../model/operation.ts';
import { type Service, type ServiceId, type ServiceKey, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import { timeoutNames } from '../model/timeouts.ts';
import { type Environment, loopbackEnvironment } from './environment.ts';
import { refusalOf } from './rules.ts';

/** A table under change. The only mutable thing here; it stays inside the function that opened it. */
export interface Simulation {
  /** Executes one operation, or refuses it and changes nothing. */
  execute(operation: Operation): Errno | undefined;
  /** The service as it now is, until the next operation. */
  service(key: ServiceKey): Service | undefined;
  /** The table as it now is. What neither the base nor an operation spoke of is not spoken of in it either. */
  table(): Table;
}

type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;
type ServiceOperation = OperationOf<'new-service' | 'set-service' | 'delete-service'>;
type DestinationOperation = OperationOf<'new-destination' | 'set-destination' | 'delete-destination'>;
type Destinations = Map<DestinationId, Destination>;

/** A simulation that starts from `base`, which stays as it is. */
export function openSimulation(base: Table, environment: Environment = loopbackEnvironment): Simulation {
  const services = new Map(base.services);
  const table: { -readonly [Field in keyof Table]: Table[Field] } = { ...base, services };
  /** Deleted destinations, by both ids. The kernel forgets one after two minutes without connections; here is no clock. */
  const trash = new Set<string>();
  /** The lists that no other table shares: these can be changed in place, another one is copied first. */
  let owned = new WeakSet<Service['destinations']>();

  /** The key that was looked up last: the operations on one service follow each other. */
  let [lastKey, lastId]: [ServiceKey?, ServiceId?] = [];

  function idOf(key: ServiceKey): ServiceId {
    if (key === lastKey && lastId !== undefined) return lastId;
    lastKey = key;
    lastId = serviceId(keyInKernel(key));
    return lastId;
  }

  function ownDestinations(id: ServiceId, service: Service): Destinations {
    if (owned.has(service.destinations)) return service.destinations as Destinations;
    const destinations = new Map(service.destinations);
    owned.add(destinations);
    services.set(id, { ...service, destinations });
    return destinations;
  }

  function discardService(id: ServiceId): void {
    for (const destination of services.get(id)?.destinations.keys() ?? []) trash.add(`${id} ${destination}`);
    services.delete(id);
  }

  function changeService(operation: ServiceOperation): Errno | undefined {
    const key = keyInKernel(operation.service);
    const id = serviceId(key);
    const service = services.get(id);
    const errno = refusalOf(operation, { table, environment, service });
    if (errno !== undefined) return errno;
    if (operation.kind === 'delete-service') discardService(id);
    else {
      const destinations: Service['destinations'] = service?.destinations ?? new Map();
      services.set(id, { ...service, key, settings: operation.settings, destinations, ...originOf(operation) });
    }
    return undefined;
  }

  function changeDestination(operation: DestinationOperation): Errno | undefined {
    const id = idOf(operation.service);
    const service = services.get(id);
    const key = operation.destination;
    const ownId = destinationId(key);
    const destination = service?.destinations.get(ownId);
    const inTrash = trash.size > 0 && trash.has(`${id} ${ownId}`);
    const errno = refusalOf(operation, { table, environment, service, destination, inTrash });
    if (errno !== undefined || service === undefined) return errno;
    const destinations = ownDestinations(id, service);
    if (operation.kind === 'delete-destination') {
      destinations.delete(ownId);
      trash.add(`${id} ${ownId}`);
    } else {
      // A Map keeps the place of a key that is set again and appends a new one, as the kernel's list does.
      destinations.set(ownId, destinationOf(operation, destination));
    }
    return undefined;
  }

  function changeOther(operation: Exclude<Operation, ServiceOperation | DestinationOperation>): Errno | undefined {
    const service =
      operation.kind === 'zero' && operation.service ? serviceId(keyInKernel(operation.service)) : undefined;
    const errno = refusalOf(operation, { table, environment, service: service && services.get(service) });
    if (errno !== undefined) return errno;
    switch (operation.kind) {
      case 'set-timeouts':
        for (const name of timeoutNames) {
          // 0 keeps the present value.
          const seconds = operation.timeouts[name];
          if (seconds) table.timeouts = { ...table.timeouts, [name]: seconds, ...originOf(operation) };
        }
        return undefined;
      case 'start-daemon':
        table.daemons = { ...table.daemons, [operation.daemon.role]: operation.daemon };
        return undefined;
      case 'stop-daemon':
        table.daemons = { ...table.daemons, [operation.role]: 'stopped' };
        return undefined;
      case 'flush':
        for (const id of services.keys()) discardService(id);
        return undefined;
      case 'zero':
        return undefined;
    }
  }

  return {
    execute(operation) {
      switch (operation.kind) {
        case 'new-service':
        case 'set-service':
        case 'delete-service':
          return changeService(operation);
        case 'new-destination':
        case 'set-destination':
        case 'delete-destination':
          return changeDestination(operation);
        case 'set-timeouts':
        case 'start-daemon':
        case 'stop-daemon':
        case 'zero':
        case 'flush':
          return changeOther(operation);
      }
    },
    service(key) {
      return services.get(serviceId(keyInKernel(key)));
    },
    table() {
      owned = new WeakSet();
      return { ...table, services: new Map(services) };
    },
  };
}

/** Mark 0 is "no mark": the kernel takes such a key for TCP, any address and no port (ip_vs_genl_parse_service). */
function keyInKernel(key: ServiceKey): ServiceKey {
  if (key.kind === 'endpoint' || key.mark !== 0) return key;
  return { kind: 'endpoint', protocol: 'tcp', address: addressFromBytes(new Uint8Array(), key.family), port: 0 };
}

/** A destination as an operation leaves it. Most are new: the others may have more to keep than the operation says. */
function destinationOf(
  { destination: key, settings, origin }: OperationOf<'new-destination' | 'set-destination'>,
  before: Destination | undefined,
): Destination {
  if (before === undefined) return origin === undefined ? { key, settings } : { key, settings, origin };
  return origin === undefined ? { ...before, key, settings } : { ...before, key, settings, origin };
}

/** Where an operation came from, if it came from a source, for what it leaves in the table. */
function originOf({ origin }: Operation): Pick<Operation, 'origin'> {
  return origin === undefined ? {} : { origin };
}

/** What a list of operations made of a table; `refusals` are in the order of the operations. */
export interface Simulated {
  readonly table: Table;
  readonly refusals: readonly Refusal[];
}

/** Runs the operations in order over `base`, going on behind a refused one, as the kernel does. */
export function simulate(base: Table, operations: Iterable<Operation>, environment?: Environment): Simulated {
  const simulation = openSimulation(base, environment);
  const refusals: Refusal[] = [];
  for (const operation of operations) {
    const errno = simulation.execute(operation);
    if (errno !== undefined) refusals.push({ operation, errno });
  }
  return { table: simulation.table(), refusals };
}
