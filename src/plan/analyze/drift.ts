/** Owns what is drift: a difference that came about because the live table changed, not the source. */

import type { Table } from '../../model/table.ts';
import { subjectOf, subjectText } from '../change.ts';
import { diffTables } from '../diff.ts';

/**
 * The subjects (as text) that somebody changed since `formerly` was applied, and of which `desired` says what `formerly`
 * said.
 */
export function driftedSubjects(observed: Table, formerly: Table, desired: Table): ReadonlySet<string> {
  const drifted = subjectsOf(observed, formerly);
  for (const edited of subjectsOf(formerly, desired)) drifted.delete(edited);
  return drifted;
}

function subjectsOf(from: Table, to: Table): Set<string> {
  return new Set(diffTables(from, to).map((change) => subjectText(subjectOf(change))));
}
