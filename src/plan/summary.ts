/** Owns the numbers of a plan. */

import {
  type Connections,
  type Disruption,
  type PlannedChange,
  sumConnections,
  worstOf,
} from './analyze/disruption.ts';
import { type Change, subjectText } from './change.ts';
import type { Step } from './step.ts';

/** Services, backends, daemons, and the timeouts as one; a service counts with each of its backends. */
export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly worst: Disruption;
  /** The connections of all changes of the worst class. */
  readonly connections: Connections;
  readonly kernelCalls: number;
}

/** Counts what a plan does. */
export function summarize(changes: readonly PlannedChange[], steps: readonly Step[]): PlanSummary {
  const counts = { add: 0, change: 0, remove: 0 };
  for (const { change } of changes) {
    const [verb, objects] = tally(change);
    counts[verb] += objects;
  }
  const worst = worstOf(changes.map(({ disruption }) => disruption));
  return { ...counts, worst, connections: sumConnections(concerned(changes, worst)), kernelCalls: steps.length };
}

/** The connections of a subject are counted once, however many changes concern them. */
function concerned(changes: readonly PlannedChange[], worst: Disruption): Iterable<Connections> {
  const bySubject = new Map<string, Connections>();
  for (const { disruption, connections, concerned: subject } of changes) {
    if (disruption !== worst || connections === undefined || subject === undefined) continue;
    bySubject.set(subjectText(subject), connections);
  }
  return bySubject.values();
}

/** What a change does, and to how many objects. */
export function tally(change: Change): ['add' | 'change' | 'remove', number] {
  switch (change.kind) {
    case 'add-service':
      return ['add', 1 + change.service.destinations.size];
    case 'remove-service':
      return ['remove', 1 + change.service.destinations.size];
    case 'add-destination':
    case 'start-daemon':
      return ['add', 1];
    case 'remove-destination':
    case 'stop-daemon':
      return ['remove', 1];
    case 'edit-service':
    case 'edit-destination':
    case 'restart-daemon':
    case 'set-timeouts':
      return ['change', 1];
  }
}
