/** Owns draining: what is removed gets weight 0 first, and its connections time to end. */

import { refusesDrained, fallbackOf } from '../model/fallback.ts';
import type { Destination } from '../model/destination.ts';
import { type Service, type ServiceId, type ServiceKey, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import type { Change } from './change.ts';

/** What says how long a removal may take. */
export interface DrainOptions {
  /** Seconds, for whatever does not say so itself. */
  readonly drain?: number;
  /** What the source said when it was applied last: a removed service is not in what it says now. */
  readonly formerly?: Table;
}

/** The change with its time to drain, if it is a removal that has one. */
export function withDrain(change: Change, desired: Table, { drain, formerly }: DrainOptions): Change {
  if (change.kind !== 'remove-service' && change.kind !== 'remove-destination') return change;
  const isService = change.kind === 'remove-service';
  const id = serviceId(isService ? change.service.key : change.service);
  const source = (isService ? formerly : desired)?.services.get(id);
  // dh refuses the clients of a backend of weight 0, and has no flag against it: waiting would help nobody.
  if (!isService && source?.settings.scheduler === 'dh') return change;
  const removal = source?.onRemove;
  const seconds = removal === undefined ? drain : removal.kind === 'drain' ? removal.seconds : undefined;
  return seconds === undefined ? change : { ...change, drain: seconds };
}

/** The destination as it is while it drains. */
export function drainedDestination(destination: Destination): Destination {
  return { ...destination, settings: { ...destination.settings, weight: 0 } };
}

/** The service as it is while all of it drains. */
export function drainedService(service: Service): Service {
  const destinations = [...service.destinations].map(([id, each]) => [id, drainedDestination(each)] as const);
  return { ...service, destinations: new Map(destinations) };
}

/** A destination that is drained. */
export interface Draining {
  readonly service: ServiceKey;
  readonly destination: Destination;
  readonly seconds: number;
}

/** All that is drained by some changes. */
export function* drainingOf(changes: Iterable<Change>): Iterable<Draining> {
  for (const change of changes) {
    if (change.kind === 'remove-destination' && change.drain !== undefined) {
      yield { service: change.service, destination: change.destination, seconds: change.drain };
    }
    if (change.kind === 'remove-service' && change.drain !== undefined) {
      const { service, drain: seconds } = change;
      for (const destination of service.destinations.values()) yield { service: service.key, destination, seconds };
    }
  }
}

/**
 * Services that need their fallback flag as long as a destination drains: sh and mh refuse its clients without it
 * (kernel reference, 3.3). By their id, with the change that is the reason, and the settings for that time.
 */
export function flaggedServices(changes: readonly Change[], to: Table): ReadonlyMap<ServiceId, FlaggedService> {
  const flagged = new Map<ServiceId, FlaggedService>();
  for (const change of changes) {
    if (change.kind !== 'remove-destination' || change.drain === undefined) continue;
    const service = to.services.get(serviceId(change.service));
    if (service === undefined) continue;
    const { scheduler, flags } = service.settings;
    const fallback = fallbackOf(scheduler);
    if (fallback === undefined || !refusesDrained(scheduler, flags)) continue;
    const settings = { ...service.settings, flags: flags | fallback.bit };
    flagged.set(serviceId(service.key), { because: change, meanwhile: { ...service, settings }, after: service });
  }
  return flagged;
}

/** A service with the settings that it has meanwhile, and those that it has in the end. */
export interface FlaggedService {
  readonly because: Change;
  readonly meanwhile: Service;
  readonly after: Service;
}
