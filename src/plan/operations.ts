/** Owns the way from model objects to the kernel's commands about them. */

import type { Span } from '../../grammar/text/span.ts';
import type { Daemon } from '../model/daemon.ts';
import type { Destination } from '../model/destination.ts';
import type { Operation } from '../model/operation.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { Timeouts } from '../model/timeouts.ts';

/** A refusal is reported with the line that asked for the operation. */
function from({ origin }: { readonly origin?: Span }): { readonly origin?: Span } {
  return origin === undefined ? {} : { origin };
}

/** Creates a service without its destinations. */
export function newService(service: Service): Operation {
  return { kind: 'new-service', service: service.key, settings: service.settings, ...from(service) };
}

/** Gives an existing service all of its settings. */
export function setService(service: Service): Operation {
  return { kind: 'set-service', service: service.key, settings: service.settings, ...from(service) };
}

/** Puts a destination at the head of the kernel's list. */
export function newDestination(service: ServiceKey, destination: Destination): Operation {
  const { key, settings } = destination;
  return { kind: 'new-destination', service, destination: key, settings, ...from(destination) };
}

/** Gives an existing destination all of its settings; its place in the list is kept. */
export function setDestination(service: ServiceKey, destination: Destination): Operation {
  const { key, settings } = destination;
  return { kind: 'set-destination', service, destination: key, settings, ...from(destination) };
}

/** Takes a destination out of its service. */
export function deleteDestination(service: ServiceKey, destination: Destination): Operation {
  return { kind: 'delete-destination', service, destination: destination.key };
}

/** A service and its destinations, oldest first: the kernel's list then has the order that the table has. */
export function creationOf(service: Service): readonly Operation[] {
  const destinations = [...service.destinations.values()];
  return [newService(service), ...destinations.map((destination) => newDestination(service.key, destination))];
}

/** Starts a daemon. */
export function startDaemon(daemon: Daemon): Operation {
  return { kind: 'start-daemon', daemon, ...from(daemon) };
}

/** Stops the daemon of the same role. */
export function stopDaemon({ role }: Daemon): Operation {
  return { kind: 'stop-daemon', role };
}

/** Sets the timeouts that are named. */
export function setTimeouts(timeouts: Timeouts): Operation {
  return { kind: 'set-timeouts', timeouts, ...from(timeouts) };
}

/** Removes a service with all of its destinations. */
export function deleteService({ key }: Service): Operation {
  return { kind: 'delete-service', service: key };
}
