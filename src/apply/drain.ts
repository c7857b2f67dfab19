/** Owns the wait between weight 0 and the removal: until the connections have ended, or their time is up. */

import type { Snapshot } from '../model/activity.ts';
import { destinationId } from '../model/destination.ts';
import { serviceId } from '../model/service.ts';
import { type Connections, sumConnections } from '../plan/analyze/disruption.ts';
import type { Draining } from '../plan/drain.ts';
import type { Effect, Event } from './effect.ts';
import { type Course, type Machine, type Run, type StateOf, type Transition, go, send } from './state.ts';
import { beginUndo } from './undo.ts';

/** Milliseconds between two looks. */
const interval = 500;

/** How many dumps may be torn by another writer. */
const patience = 20;

const look: Effect = { kind: 'read', purpose: 'drain' };

/** Begins to wait; `course` is what comes behind. */
export function beginDrain(machine: Machine, run: Run, course: Course): Transition {
  return go(machine, { kind: 'draining', run, course }, look);
}

/** The answer to an event while connections end. Persistence templates are waited for, too: they bring clients back. */
export function nextOfDrain(machine: Machine, state: StateOf<'draining'>, event: Event): Transition {
  const { run, course } = state;
  if (event.kind === 'done') return go(machine, state, look);
  if (event.kind === 'failed') {
    // A dump that another writer tore says nothing; the next one may.
    const { torn = 0 } = state;
    if (event.failure.kind === 'torn' && torn < patience) return wait(machine, { ...state, torn: torn + 1 }, none);
    return beginUndo(machine, run, { kind: 'failed', failure: event.failure });
  }
  if (event.kind !== 'snapshot') throw new Error(`"${event.kind}" does not answer a drain's effect`);
  const { snapshot, at } = event;
  const { since = at } = state;
  if (at === undefined || since === undefined) return end(machine, run, course);
  const present = run.plan.draining.filter(({ seconds }) => at - since < seconds * 1000);
  const connections = sumConnections(present.map((draining) => connectionsTo(draining, snapshot)));
  const isOver = connections.active + connections.inactive + connections.persistent === 0;
  return isOver ? end(machine, run, course) : wait(machine, { ...state, since }, connections);
}

function wait(machine: Machine, state: StateOf<'draining'>, draining: Connections): Transition {
  return go(machine, state, { kind: 'pause', milliseconds: interval, draining });
}

function end(machine: Machine, run: Run, course: Course): Transition {
  return go(machine, { kind: 'executing', run, course }, send(course, 'apply'));
}

const none: Connections = { active: 0, inactive: 0, persistent: 0 };

function connectionsTo({ service, destination }: Draining, { activity }: Snapshot): Connections {
  return activity.get(serviceId(service))?.destinations.get(destinationId(destination.key)) ?? none;
}
