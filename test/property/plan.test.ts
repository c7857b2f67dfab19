import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/activity.ts';
import { serviceFamily } from '../../src/model/service.ts';
import type { DestinationId } from '../../src/model/destination.ts';
import type { Table } from '../../src/model/table.ts';
import { diffTables } from '../../src/plan/diff.ts';
import { fingerprintOf } from '../../src/plan/fingerprint.ts';
import { type Plan, planTables } from '../../src/plan/plan.ts';
import { openSimulation, simulate } from '../../src/simulate/simulation.ts';
import { digest } from '../support/digest.ts';
import { tablePair } from '../support/table-pairs.ts';

function planOf(observed: Table, desired: Table, drain?: number): Plan {
  const snapshot: Snapshot = { table: observed, activity: new Map() };
  return planTables(snapshot, desired, { digest, ...(drain === undefined ? {} : { drain }) });
}

/** The same cases in every run. */
/** Seconds that removals are given, or none. */
const drain = fc.option(fc.constant(60), { nil: undefined });

const options = { seed: 1, numRuns: 150 };

describe('a plan', () => {
  it('leads to the desired table without a refusal, and to the one that it expects', () => {
    fc.assert(
      fc.property(tablePair, drain, ([observed, desired], drain) => {
        const { steps, expected } = planOf(observed, desired, drain);
        const { table, refusals } = simulate(
          observed,
          steps.map(({ forward }) => forward),
        );
        expect(refusals).toEqual([]);
        expect(diffTables(table, desired)).toEqual([]);
        expect(diffTables(table, expected)).toEqual([]);
        expect(diffTables(expected, table)).toEqual([]);
      }),
      options,
    );
  });

  it('can be undone from every place in it', () => {
    fc.assert(
      fc.property(tablePair, drain, fc.double({ min: 0, max: 1, noNaN: true }), ([observed, desired], drain, part) => {
        const { steps } = planOf(observed, desired, drain);
        const done = steps.slice(0, Math.round(part * steps.length));
        const undo = done.toReversed().flatMap((step) => step.undo);
        const operations = [...done.map(({ forward }) => forward), ...undo];
        const { table, refusals } = simulate(observed, operations);
        expect(refusals).toEqual([]);
        expect(diffTables(table, observed)).toEqual([]);
        expect(diffTables(observed, table)).toEqual([]);
      }),
      options,
    );
  });

  it('has nothing to do where nothing differs', () => {
    fc.assert(
      fc.property(tablePair, ([observed]) => {
        const { changes, steps, basis, expected } = planOf(observed, observed);
        expect(changes).toEqual([]);
        expect(steps).toEqual([]);
        expect(basis).toBe(fingerprintOf(expected, digest));
      }),
      options,
    );
  });

  it('has changes exactly if the fingerprints of what is and of what will be differ', () => {
    fc.assert(
      fc.property(tablePair, ([observed, desired]) => {
        const { changes, basis, expected } = planOf(observed, desired);
        expect(basis === fingerprintOf(expected, digest)).toBe(changes.length === 0);
      }),
      options,
    );
  });

  it('keeps a service of each family that has one before and after', () => {
    fc.assert(
      fc.property(tablePair, ([observed, desired]) => {
        const simulation = openSimulation(observed);
        const families = (table: Table): Set<string> =>
          new Set([...table.services.values()].map(({ key }) => serviceFamily(key)));
        const { steps, expected } = planOf(observed, desired);
        const kept = [...families(observed)].filter((family) => families(expected).has(family));
        for (const { forward } of steps) {
          simulation.execute(forward);
          const present = families(simulation.table());
          for (const family of kept) expect(present).toContain(family);
        }
      }),
      options,
    );
  });

  it('lists the destinations of a new service, and the new ones of an old service, in the desired order', () => {
    fc.assert(
      fc.property(tablePair, ([observed, desired]) => {
        const { table } = simulate(
          observed,
          planOf(observed, desired).steps.map(({ forward }) => forward),
        );
        for (const [id, service] of desired.services) {
          const before = observed.services.get(id)?.destinations ?? new Map<DestinationId, never>();
          const isNew = (id: DestinationId): boolean => !before.has(id);
          const made = [...(table.services.get(id)?.destinations.keys() ?? [])].filter(isNew);
          expect(made).toEqual([...service.destinations.keys()].filter(isNew));
        }
      }),
      options,
    );
  });
});
