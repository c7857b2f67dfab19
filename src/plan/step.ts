/** Owns the step: one operation, what undoes it, and the change that it is a part of. */

import type { Destination } from '../model/destination.ts';
import type { Operation } from '../model/operation.ts';
import type { ServiceKey } from '../model/service.ts';
import type { Change } from './change.ts';
import { drainedDestination, drainedService } from './drain.ts';
import {
  creationOf,
  deleteDestination,
  deleteService,
  newDestination,
  newService,
  setDestination,
  setService,
  setTimeouts,
  startDaemon,
  stopDaemon,
} from './operations.ts';

/**
 * When a step runs. The kernel knows no transaction, so every state between two phases must be harmless (kernel
 * reference, 3.8): capacity comes before it goes, and what can't be undone exactly (a removal: its place in the list,
 * its statistics) comes last. New services precede removed ones, so the number of services of a family never passes
 * through 0, at which the kernel would unhook IPVS and reset live connections.
 */
export const phases = [
  'timeouts',
  'yielding-daemons',
  'new-services',
  'new-destinations',
  'raised-weights',
  'edited-services',
  'lowered-weights',
  'removed-destinations',
  'removed-services',
  'settled-services',
  'stopped-daemons',
  'started-daemons',
] as const;

/** The name of a phase. */
export type Phase = (typeof phases)[number];

/** What was drained is waited for in front of these. */
export const removals: ReadonlySet<Phase> = new Set(['removed-destinations', 'removed-services']);

/** One operation of a plan. */
export interface Step {
  readonly phase: Phase;
  readonly forward: Operation;
  /** Leads from the state behind the step to the one before it; computed from what was observed. */
  readonly undo: readonly Operation[];
  /** Why the step is there. */
  readonly because: Change;
}

/**
 * What a change needs. `daemonsYield`: a daemon that stops has to do so before anything else (a table with destinations
 * of another family than their service's does not suffer one; kernel reference, 7).
 */
export function stepsOf(change: Change, daemonsYield: boolean): readonly Step[] {
  const step = (phase: Phase, forward: Operation, ...undo: readonly Operation[]): Step => {
    return { phase, forward, undo, because: change };
  };
  const lower = (service: ServiceKey, destination: Destination): readonly Step[] => {
    if (destination.settings.weight === 0) return [];
    const forward = setDestination(service, drainedDestination(destination));
    return [step('lowered-weights', forward, setDestination(service, destination))];
  };
  const stopPhase = daemonsYield ? 'yielding-daemons' : 'stopped-daemons';
  switch (change.kind) {
    case 'add-service': {
      const { service } = change;
      const destinations = [...service.destinations.values()];
      return [
        step('new-services', newService(service), deleteService(service)),
        ...destinations.map((destination) =>
          step('new-services', newDestination(service.key, destination), deleteDestination(service.key, destination)),
        ),
      ];
    }
    case 'edit-service':
      return [step('edited-services', setService(change.after), setService(change.before))];
    case 'remove-service': {
      const { service, drain } = change;
      const emptied = drain === undefined ? service : drainedService(service);
      const lowered = [...service.destinations.values()].flatMap((destination) => lower(service.key, destination));
      const removal = step('removed-services', deleteService(service), ...creationOf(emptied));
      return drain === undefined ? [removal] : [...lowered, removal];
    }
    case 'add-destination': {
      const { service, destination } = change;
      return [step('new-destinations', newDestination(service, destination), deleteDestination(service, destination))];
    }
    case 'edit-destination': {
      const { service, before, after } = change;
      const phase = after.settings.weight < before.settings.weight ? 'lowered-weights' : 'raised-weights';
      return [step(phase, setDestination(service, after), setDestination(service, before))];
    }
    case 'remove-destination': {
      const { service, destination, drain } = change;
      const emptied = drain === undefined ? destination : drainedDestination(destination);
      const undo = newDestination(service, emptied);
      const removal = step('removed-destinations', deleteDestination(service, destination), undo);
      return drain === undefined ? [removal] : [...lower(service, destination), removal];
    }
    case 'set-timeouts':
      return [step('timeouts', setTimeouts(change.after), setTimeouts(change.before))];
    case 'start-daemon':
      return [step('started-daemons', startDaemon(change.after), stopDaemon(change.after))];
    case 'stop-daemon':
      return [step(stopPhase, stopDaemon(change.before), startDaemon(change.before))];
    case 'restart-daemon':
      return [
        step(stopPhase, stopDaemon(change.before), startDaemon(change.before)),
        step('started-daemons', startDaemon(change.after), stopDaemon(change.after)),
      ];
  }
}
