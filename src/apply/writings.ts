/** Owns what a run wrote: which subjects, and into which states it brought them. */

import type { DestinationSettings } from '../model/destination.ts';
import type { Operation } from '../model/operation.ts';
import type { ServiceSettings } from '../model/service.ts';
import { attributeValues, destinationAttributes, serviceAttributes } from '../plan/attributes.ts';
import { type Change, type Subject, subjectText } from '../plan/change.ts';
import type { Run } from './state.ts';

/** The states that a run gave to each subject, all as texts. Timeouts and daemons have none that could be compared. */
export type Writings = ReadonlyMap<string, ReadonlySet<string>>;

/** What a run wrote, as far as it can be known: what was sent and not refused. */
export function writingsOf({ plan, sent, refusals }: Run): Writings {
  const refused = new Set(refusals.map(({ operation }) => operation));
  const writings = new Map<string, Set<string>>();
  for (const { forward } of plan.steps.slice(0, sent)) {
    const subject = subjectOfOperation(forward);
    if (refused.has(forward) || subject === undefined) continue;
    const states = writings.get(subjectText(subject)) ?? new Set();
    writings.set(subjectText(subject), states.add(stateBehind(forward)));
  }
  return writings;
}

/** The thing that an operation changes; undefined for those that change more than one. */
function subjectOfOperation(operation: Operation): Subject | undefined {
  switch (operation.kind) {
    case 'new-service':
    case 'set-service':
    case 'delete-service':
      return { kind: 'service', service: operation.service };
    case 'new-destination':
    case 'set-destination':
    case 'delete-destination':
      return { kind: 'destination', service: operation.service, destination: operation.destination };
    case 'set-timeouts':
      return { kind: 'timeouts' };
    case 'start-daemon':
      return { kind: 'daemon', role: operation.daemon.role };
    case 'stop-daemon':
      return { kind: 'daemon', role: operation.role };
    case 'zero':
    case 'flush':
      return undefined;
  }
}

const absent = 'absent';
const serviceState = (settings: ServiceSettings): string =>
  JSON.stringify(attributeValues(serviceAttributes, settings));
const destinationState = (settings: DestinationSettings): string =>
  JSON.stringify(attributeValues(destinationAttributes, settings));

function stateBehind(operation: Operation): string {
  const { kind } = operation;
  if (kind === 'new-service' || kind === 'set-service') return serviceState(operation.settings);
  if (kind === 'new-destination' || kind === 'set-destination') return destinationState(operation.settings);
  return absent;
}

/** The state that a change leads away from; undefined for what has none. */
export function stateBefore(change: Change): string | undefined {
  switch (change.kind) {
    case 'add-service':
    case 'add-destination':
      return absent;
    case 'edit-service':
      return serviceState(change.before.settings);
    case 'remove-service':
      return serviceState(change.service.settings);
    case 'edit-destination':
      return destinationState(change.before.settings);
    case 'remove-destination':
      return destinationState(change.destination.settings);
    case 'set-timeouts':
    case 'start-daemon':
    case 'restart-daemon':
    case 'stop-daemon':
      return undefined;
  }
}
