/** Owns the difference back to where a run began, sorted by who made it. */

import type { Table } from '../model/table.ts';
import { type Change, subjectOf, subjectText } from '../plan/change.ts';
import { diffTables } from '../plan/diff.ts';
import { type Writings, stateBefore } from './writings.ts';

/** What lies between a table and the one that a run began with. */
export interface Residue {
  /** To be undone: the run wrote to these. */
  readonly ours: readonly Change[];
  /** Those of ours that another writer changed behind the run: they are in no state that the run gave them. */
  readonly overwritten: readonly Change[];
  /** Made by another writer, and left alone. */
  readonly foreign: readonly Change[];
}

/** The changes that lead from `present` back to `start`, where a run that wrote `writings` began. */
export function residueOf(present: Table, start: Table, writings: Writings): Residue {
  const ours: Change[] = [];
  const foreign: Change[] = [];
  for (const change of diffTables(present, start)) {
    if (writings.has(textOf(change))) ours.push(change);
    else {
      foreign.push(change);
      ours.push(...strandedDestinations(change, writings));
    }
  }
  const overwritten = ours.filter((change) => {
    const state = stateBefore(change);
    return state !== undefined && writings.get(textOf(change))?.has(state) !== true;
  });
  return { ours, overwritten, foreign };
}

function textOf(change: Change): string {
  return subjectText(subjectOf(change));
}

/** Destinations that the run put into a service which another writer created at the same moment. */
function strandedDestinations(change: Change, writings: Writings): readonly Change[] {
  if (change.kind !== 'remove-service') return [];
  const { key: service, destinations } = change.service;
  return [...destinations.values()]
    .map((destination): Change => ({ kind: 'remove-destination', service, destination }))
    .filter((removal) => writings.has(textOf(removal)));
}
