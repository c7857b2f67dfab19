/** Owns the difference of two tables as data: what is added, edited and removed, and in which order people read it. */

import type { Span } from '../../grammar/text/span.ts';
import type { Daemon, DaemonRole } from '../model/daemon.ts';
import { daemonRoles } from '../model/daemon.ts';
import { type Destination, type DestinationKey, compareDestinationKeys, destinationId } from '../model/destination.ts';
import { type Service, type ServiceKey, compareServiceKeys, serviceId } from '../model/service.ts';
import type { Timeouts } from '../model/timeouts.ts';

/**
 * One difference. A service comes and goes with its destinations as one change; `before` is what was observed, and its
 * destinations or untouched attributes are of no interest to an edit. `drain`: seconds that connections are given to end.
 */
export type Change =
  | { readonly kind: 'add-service'; readonly service: Service }
  | { readonly kind: 'edit-service'; readonly before: Service; readonly after: Service }
  | { readonly kind: 'remove-service'; readonly service: Service; readonly drain?: number }
  | { readonly kind: 'add-destination'; readonly service: ServiceKey; readonly destination: Destination }
  | {
      readonly kind: 'edit-destination';
      readonly service: ServiceKey;
      readonly before: Destination;
      readonly after: Destination;
    }
  | {
      readonly kind: 'remove-destination';
      readonly service: ServiceKey;
      readonly destination: Destination;
      readonly drain?: number;
    }
  /** `after` names only those that change; `before` has their present values, as far as this kernel tells them. */
  | { readonly kind: 'set-timeouts'; readonly before: Timeouts; readonly after: Timeouts }
  | { readonly kind: 'start-daemon'; readonly after: Daemon }
  | { readonly kind: 'restart-daemon'; readonly before: Daemon; readonly after: Daemon }
  | { readonly kind: 'stop-daemon'; readonly before: Daemon };

/** What a change or an operation is about: the smallest thing that the kernel keeps apart. */
export type Subject =
  | { readonly kind: 'timeouts' }
  | { readonly kind: 'daemon'; readonly role: DaemonRole }
  | { readonly kind: 'service'; readonly service: ServiceKey }
  | { readonly kind: 'destination'; readonly service: ServiceKey; readonly destination: DestinationKey };

/** What a change is about. */
export function subjectOf(change: Change): Subject {
  switch (change.kind) {
    case 'add-service':
    case 'remove-service':
      return { kind: 'service', service: change.service.key };
    case 'edit-service':
      return { kind: 'service', service: change.before.key };
    case 'add-destination':
    case 'remove-destination':
      return { kind: 'destination', service: change.service, destination: change.destination.key };
    case 'edit-destination':
      return { kind: 'destination', service: change.service, destination: change.before.key };
    case 'set-timeouts':
      return { kind: 'timeouts' };
    case 'start-daemon':
    case 'restart-daemon':
      return { kind: 'daemon', role: change.after.role };
    case 'stop-daemon':
      return { kind: 'daemon', role: change.before.role };
  }
}

/** What asked for the change, if a source did: a removal is asked for by what is not there. */
export function originOf(change: Change): Span | undefined {
  if ('after' in change) return change.after.origin;
  if (change.kind === 'add-service') return change.service.origin;
  return change.kind === 'add-destination' ? change.destination.origin : undefined;
}

/** A subject as text, equal for equal subjects, in the words of the config language. */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case 'timeouts':
      return 'timeouts';
    case 'daemon':
      return `sync ${subject.role}`;
    case 'service':
      return `service ${serviceId(subject.service)}`;
    case 'destination':
      return `service ${serviceId(subject.service)} backend ${destinationId(subject.destination)}`;
  }
}

const subjectRanks = { timeouts: 0, daemon: 1, service: 2, destination: 2 } as const;

/** The order in which changes are listed: timeouts, daemons, then services by key, each before its destinations. */
export function compareSubjects(left: Subject, right: Subject): number {
  const byRank = subjectRanks[left.kind] - subjectRanks[right.kind];
  if (byRank !== 0) return byRank;
  if (left.kind === 'daemon' && right.kind === 'daemon') {
    return daemonRoles.indexOf(left.role) - daemonRoles.indexOf(right.role);
  }
  if (!('service' in left && 'service' in right)) return 0;
  const byService = compareServiceKeys(left.service, right.service);
  if (byService !== 0) return byService;
  if (left.kind === 'destination' && right.kind === 'destination') {
    return compareDestinationKeys(left.destination, right.destination);
  }
  return Number(left.kind === 'destination') - Number(right.kind === 'destination');
}
