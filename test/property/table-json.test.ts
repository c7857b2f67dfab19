import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableFromJson, tableToJson } from '../../src/model/table-json.ts';
import { table } from '../support/arbitrary.ts';

describe('the JSON form of a table', () => {
  it('gives back every table that a kernel may hold', () => {
    fc.assert(
      fc.property(table('read'), (table) => {
        expect(tableFromJson(JSON.parse(JSON.stringify(tableToJson(table))))).toEqual(table);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
