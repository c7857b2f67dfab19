/** Owns the plan for the live table as an apply would make it: what the last generation named counts as ours. */

import type { Snapshot } from '../model/activity.ts';
import type { Table } from '../model/table.ts';
import type { DrainOptions } from '../plan/drain.ts';
import { type Plan, planTables } from '../plan/plan.ts';
import { sha256 } from '../store/sha256.ts';
import type { Context } from './context.ts';
import { lastApplied, readRecords } from './records.ts';
import { sysctlsOf } from './sysctls-of.ts';

/** Plans for the live table; the history is read, and neither made nor changed. */
export async function planLive(
  observed: Snapshot,
  desired: Table,
  drain: Pick<DrainOptions, 'drain'>,
  context: Context,
): Promise<Plan> {
  const last = await lastApplied(await readRecords(context));
  const sysctls = await sysctlsOf(context);
  return planTables(observed, desired, { digest: sha256, sysctls, ...drain, ...(last && { formerly: last.table }) });
}
