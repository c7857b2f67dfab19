/** Owns how a run ends: one kind for each thing that it can mean to a caller. */

import type { Diagnostic } from '../../grammar/text/diagnostic.ts';
import type { Refusal } from '../model/errno.ts';
import type { Change } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { KernelFaultKind } from './port.ts';

/** Why something could not be done, if it was not the kernel's refusal of an operation. */
export interface Failure {
  /**
   * `storage`: the state directory. `unsteady`: the table kept changing between two readings. `interrupted`: somebody
   * wanted the run to stop. `internal`: a bug of this program, with its stack.
   */
  readonly kind: KernelFaultKind | 'storage' | 'unsteady' | 'interrupted' | 'internal';
  readonly message: string;
}

/** What belongs to this program on disk can't be read, written or trusted. The message names the file and says why. */
export class StorageFault extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageFault';
  }
}

/** Why a run that had begun to write was undone. */
export type Cause =
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }
  /** The table reads back different from what was desired. */
  | { readonly kind: 'mismatch'; readonly differences: readonly Change[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The check command, in its own words. */
  | { readonly kind: 'check-failed'; readonly message: string }
  | { readonly kind: 'unconfirmed' }
  /** The process that ran it is gone. */
  | { readonly kind: 'crashed' };

/** What another writer did to the table during the run. */
export interface Interference {
  /** Differences that are left as they are, as changes back to the table before the run. */
  readonly foreign: readonly Change[];
  /** Changes that the undo replaced, because the run had written to the same things before. */
  readonly overwritten: readonly Change[];
}

/** How a run ended, and why its journal could not be closed, if that is so. */
export type Result = Ending & { readonly unclosed?: Failure };

/** Only `applied`, `rolled-back`, `unconfirmed` and `stranded` ones have written to the kernel. */
type Ending =
  | { readonly kind: 'unchanged'; readonly plan: Plan }
  /** A dry run. */
  | { readonly kind: 'planned'; readonly plan: Plan }
  | { readonly kind: 'declined'; readonly plan: Plan }
  | { readonly kind: 'applied'; readonly plan: Plan }
  /** No ip_vs, or no permission. */
  | { readonly kind: 'unavailable'; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The kernel refused the plan in the rehearsal, or made something else of it. */
  | {
      readonly kind: 'invalid';
      readonly plan: Plan;
      readonly refusals: readonly Refusal[];
      readonly differences: readonly Change[];
    }
  /** Live is not what the plan was made for; `differences` lead back to that, if it is known. */
  | { readonly kind: 'stale'; readonly plan: Plan; readonly differences: readonly Change[] }
  | { readonly kind: 'guarded'; readonly plan: Plan; readonly problems: readonly Diagnostic[] }
  | ({ readonly kind: 'rolled-back' | 'unconfirmed'; readonly plan: Plan; readonly cause: Cause } & Interference)
  | ({
      readonly kind: 'stranded';
      readonly plan: Plan;
      readonly cause: Cause;
      /** What is still to be undone; absent if the table can't be read. */
      readonly residue?: readonly Change[];
      /** Why the last attempt to undo it failed. */
      readonly refusals: readonly Refusal[];
    } & Interference);

/** The name of a way to end. */
export type ResultKind = Result['kind'];
