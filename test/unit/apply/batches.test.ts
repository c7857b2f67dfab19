import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../src/apply/batches.ts';
import { planTables } from '../../../src/plan/plan.ts';
import { digest } from '../../support/digest.ts';
import { type BackendsText, tableOf } from '../../support/tables.ts';

const backends = (count: number): BackendsText =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`10.0.0.${index + 1} port 80`, {}]));

/** The sizes of the batches that make services with so many backends each. */
function sizes(counts: readonly number[], limit: number): readonly number[] {
  const services = counts.map((count, index) => [`tcp 192.0.2.${index + 1} port 80`, { backends: backends(count) }]);
  const observed = { table: tableOf({}), activity: new Map() };
  const { steps } = planTables(observed, tableOf(Object.fromEntries(services)), { digest });
  const batches = batchesOf(steps, limit);
  expect(batches.flat()).toEqual(steps);
  return batches.map((batch) => batch.length);
}

describe('batches', () => {
  it('keep a new service together with its backends', () => {
    expect(sizes([3, 3, 3], 10)).toEqual([8, 4]);
    expect(sizes([9, 0], 10)).toEqual([10, 1]);
  });

  it('begin with a service that is too large for one', () => {
    expect(sizes([1, 12], 5)).toEqual([2, 5, 5, 3]);
    expect(sizes([7], 4)).toEqual([4, 4]);
  });

  it('never hold two phases', () => {
    const observed = { table: tableOf({ 'mark 1 ip': {} }), activity: new Map() };
    const { steps } = planTables(observed, tableOf({ 'mark 2 ip': {} }), { digest });
    expect(batchesOf(steps, 100).map((batch) => batch.map(({ phase }) => phase))).toEqual([
      ['new-services'],
      ['removed-services'],
    ]);
  });
});
