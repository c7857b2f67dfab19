/** Owns the plan: what leads from the observed table to the desired one, in order, with what it does to traffic. */

import type { Snapshot } from '../model/activity.ts';
import { type ServiceKey, compareServiceKeys, serviceId } from '../model/service.ts';
import type { Sysctls } from '../model/sysctls.ts';
import type { Ownership, Table } from '../model/table.ts';
import { type PlannedChange, assess } from './analyze/disruption.ts';
import { type Remark, remarksOn } from './analyze/remarks.ts';
import { driftedSubjects } from './analyze/drift.ts';
import { type Change, compareSubjects, subjectOf, subjectText } from './change.ts';
import { type DrainOptions, type Draining, drainingOf, withDrain } from './drain.ts';
import { diffTables } from './diff.ts';
import { expectedTable } from './expected.ts';
import { type Digest, type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { orderSteps } from './order.ts';
import type { Step } from './step.ts';
import { type PlanSummary, summarize } from './summary.ts';

/** Everything is computed here; an apply decides nothing about the table. */
export interface Plan {
  /** The configuration that the plan was made for: it runs on no other. */
  readonly basis: Fingerprint;
  readonly observed: Snapshot;
  /** In the order in which people read them: timeouts, daemons, services by key, each before its destinations. */
  readonly changes: readonly PlannedChange[];
  /** In the order in which they run. Empty exactly if there are no changes. */
  readonly steps: readonly Step[];
  /** What is given time before it is removed. */
  readonly draining: readonly Draining[];
  /** The table behind the last step. */
  readonly expected: Table;
  /** Services that are there, are not wanted, and are left alone because the source does not own them, by key. */
  readonly foreign: readonly ServiceKey[];
  /** What the kernel's settings make of it. */
  readonly remarks: readonly Remark[];
  readonly summary: PlanSummary;
}

/** Which services may be removed because the desired table does not have them. */
export interface Scope {
  /** In place of what the desired table says; `all` if that says nothing. */
  readonly owns?: Ownership;
  /** What the source said when it was applied last: `declared` owns the services in it, too. */
  readonly formerly?: Table;
}

/** What the making of a plan depends on beside the two tables. */
export interface PlanOptions extends Scope, DrainOptions {
  readonly digest: Digest;
  /** The settings of the kernel that the observed table is in, as far as they are known. */
  readonly sysctls?: Sysctls;
}

/** The changes that lead to `desired`, and the services that stay although it does not have them. */
export function ownedChanges(
  observed: Table,
  desired: Table,
  { owns = desired.owns ?? 'all', formerly }: Scope,
): { readonly changes: readonly Change[]; readonly foreign: readonly ServiceKey[] } {
  const foreign: ServiceKey[] = [];
  const changes = diffTables(observed, desired).filter((change) => {
    if (change.kind !== 'remove-service' || owns === 'all') return true;
    const { key } = change.service;
    if (formerly?.services.has(serviceId(key)) === true) return true;
    foreign.push(key);
    return false;
  });
  // The kernel lists services by a hash that differs between boots.
  return { changes, foreign: foreign.toSorted(compareServiceKeys) };
}

/** The plan that makes the kernel match `desired`, as far as it speaks. */
export function planTables(observed: Snapshot, desired: Table, options: PlanOptions): Plan {
  const { changes: immediate, foreign } = ownedChanges(observed.table, desired, options);
  const changes = immediate.map((change) => withDrain(change, desired, options));
  const expected = expectedTable(observed.table, changes);
  const { formerly, sysctls = new Map() } = options;
  const drifted = formerly === undefined ? new Set() : driftedSubjects(observed.table, formerly, desired);
  const steps = orderSteps(changes, expected);
  const planned = changes
    .toSorted((left, right) => compareSubjects(subjectOf(left), subjectOf(right)))
    .map((change): PlannedChange => {
      const planned = assess(change, observed, sysctls);
      return drifted.has(subjectText(subjectOf(change))) ? { ...planned, isDrift: true } : planned;
    });
  return {
    basis: fingerprintOf(observed.table, options.digest),
    observed,
    changes: planned,
    steps,
    draining: [...drainingOf(changes)],
    expected,
    foreign,
    remarks: remarksOn(changes, observed.table, sysctls),
    summary: summarize(planned, steps),
  };
}
