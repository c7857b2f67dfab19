/** Owns the rehearsal: a plan run in a table that serves nobody, so that the kernel itself judges it. */

import type { Refusal } from '../model/errno.ts';
import { type ServiceId, serviceId } from '../model/service.ts';
import { type Table, emptyTable } from '../model/table.ts';
import { type Change, subjectOf } from '../plan/change.ts';
import { diffTables } from '../plan/diff.ts';
import { orderSteps } from '../plan/order.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import { batchesOf } from './batches.ts';
import type { KernelPort } from './port.ts';

/** What the kernel makes of a plan. Without refusals and differences it takes it as it is. */
export interface Rehearsal {
  readonly refusals: readonly Refusal[];
  /** What reads back different from what the plan expects. */
  readonly differences: readonly Change[];
  /** Whether the kernel takes the live table here at all; if not, the rest says nothing. */
  readonly conclusive: boolean;
}

/**
 * Rehearses on `port`, whose table must be empty: loads the services that the plan is about, runs the plan to its end in
 * spite of refusals, and reads the result. Daemons are left out: they need their interfaces, which are not there.
 */
export async function rehearse(port: KernelPort, { observed, expected, steps, changes }: Plan): Promise<Rehearsal> {
  const concerned = new Set<ServiceId>();
  for (const { change } of changes) {
    const subject = subjectOf(change);
    if ('service' in subject) concerned.add(serviceId(subject.service));
  }
  const start = only(observed.table, concerned);
  const loading = orderSteps(diffTables(emptyTable, start), start);
  if ((await run(port, loading)).length > 0) return { refusals: [], differences: [], conclusive: false };
  const refusals = await run(port, steps.filter(isRehearsable));
  const { table } = await port.dump();
  const differences = refusals.length > 0 ? [] : diffTables(table, only(expected, concerned));
  return { refusals, differences, conclusive: true };
}

/** Some services of a table, and its timeouts. */
function only({ services, timeouts }: Table, concerned: ReadonlySet<ServiceId>): Table {
  return { services: new Map([...services].filter(([id]) => concerned.has(id))), timeouts, daemons: {} };
}

function isRehearsable({ forward }: Step): boolean {
  return forward.kind !== 'start-daemon' && forward.kind !== 'stop-daemon';
}

async function run(port: KernelPort, steps: readonly Step[]): Promise<readonly Refusal[]> {
  const refusals: Refusal[] = [];
  for (const batch of batchesOf(steps, port.maxBatch)) {
    refusals.push(...(await port.execute(batch.map(({ forward }) => forward))));
  }
  return refusals;
}
