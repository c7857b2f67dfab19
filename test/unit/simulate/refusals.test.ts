/** Owns the proof of every row of the kernel's refusals; test/kernel holds the same rows against a real kernel. */

import { expect, test } from 'vitest';
import { emptyTable } from '../../../src/model/table.ts';
import { simulate } from '../../../src/simulate/simulation.ts';
import { refusalCases } from '../../support/refusal-cases.ts';

test.each(refusalCases)('$name', ({ before, operation, errno }) => {
  const { refusals } = simulate(emptyTable, [...before, operation]);
  expect(refusals).toEqual(errno === undefined ? [] : [{ operation, errno }]);
});
