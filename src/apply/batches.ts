/** Owns the cutting of a plan into batches. */

import type { Step } from '../plan/step.ts';

/** Steps that travel in one send. The kernel goes on behind a refused one. */
export type Batch = readonly Step[];

/**
 * Cuts steps into batches of at most `limit`. A batch never holds two phases: nothing may be taken away by a batch in
 * which the addition before it was refused. What belongs to one change (a new service and its first backends) stays
 * together as long as it fits, so that no client meets the service without them.
 */
export function batchesOf(steps: readonly Step[], limit: number): readonly Batch[] {
  const batches: Step[][] = [];
  let open: Step[] = [];
  for (const unit of unitsOf(steps)) {
    const fits = open.length + unit.length <= limit && open[0]?.phase === unit[0]?.phase;
    if (!fits) {
      open = [];
      batches.push(open);
    }
    for (const step of unit) {
      if (open.length === limit) {
        open = [];
        batches.push(open);
      }
      open.push(step);
    }
  }
  return batches;
}

/** Neighbours that come from one change. */
function* unitsOf(steps: readonly Step[]): Iterable<readonly Step[]> {
  let unit: Step[] = [];
  for (const step of steps) {
    const [first] = unit;
    if (first !== undefined && (first.because !== step.because || first.phase !== step.phase)) {
      yield unit;
      unit = [];
    }
    unit.push(step);
  }
  if (unit.length > 0) yield unit;
}
