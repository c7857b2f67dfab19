/** Owns the words between the machine and the world: what it wants done, and what came of it. */

import type { Snapshot } from '../model/activity.ts';
import type { Refusal } from '../model/errno.ts';
import type { Connections } from '../plan/analyze/disruption.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { Batch } from './batches.ts';
import type { Failure, Result } from './result.ts';

/** Why the table is read. */
export type ReadPurpose = 'survey' | 'recheck' | 'drain' | 'verify' | 'undo';

/** What the machine wants done next. Each is answered by exactly one event. */
export type Effect =
  | { readonly kind: 'read'; readonly purpose: ReadPurpose }
  | { readonly kind: 'rehearse'; readonly plan: Plan }
  /** Ask whoever sits there. */
  | { readonly kind: 'approve'; readonly plan: Plan }
  /** Put snapshot and plan on disk, before the first write to the kernel. */
  | { readonly kind: 'journal'; readonly plan: Plan }
  | {
      readonly kind: 'execute';
      readonly purpose: 'apply' | 'undo';
      readonly batch: Batch;
      /** Steps before this batch, and in all. */
      readonly done: number;
      readonly total: number;
    }
  /** Let connections end. */
  | { readonly kind: 'pause'; readonly milliseconds: number; readonly draining: Connections }
  /** Run the command that tells whether the new table works. */
  | { readonly kind: 'check'; readonly plan: Plan }
  /** Wait for somebody who says that it does. */
  | { readonly kind: 'confirm'; readonly plan: Plan }
  /** Record the new table as a generation. */
  | { readonly kind: 'commit'; readonly plan: Plan }
  | { readonly kind: 'close'; readonly result: Result }
  | { readonly kind: 'finish'; readonly result: Result };

/** What came of an effect. */
export type Event =
  /** `at`: milliseconds on a clock that nobody sets; absent if the run has none, and then it can't wait. */
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot; readonly at?: number }
  | { readonly kind: 'executed'; readonly refusals: readonly Refusal[] }
  /** A stage went well, or a pause is over. */
  | { readonly kind: 'done' }
  /** The rehearsal: the kernel refuses the plan, or does something else than it was told. */
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[]; readonly differences: readonly Change[] }
  /** Whoever was asked to approve says no. */
  | { readonly kind: 'declined' }
  /** The check command says that the new table does not work. */
  | { readonly kind: 'check-failed'; readonly message: string }
  /** Nobody confirmed in time. */
  | { readonly kind: 'expired' }
  /** The effect could not be performed, or somebody wants the run to stop instead (`interrupted`). */
  | { readonly kind: 'failed'; readonly failure: Failure };
