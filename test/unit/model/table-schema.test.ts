/** Owns the proof that the schema file describes the JSON form of a table: no more and no less than its reader takes. */

import * as fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { JsonMismatch } from '../../../src/model/json-codec.ts';
import { tableFromJson, tableSchema, tableToJson } from '../../../src/model/table-json.ts';
import { table } from '../../support/arbitrary.ts';
import { schemaErrors } from '../../support/json-schema.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

test('the file holds the schema (write it anew with "vitest -u")', async () => {
  const text = await format(JSON.stringify(tableSchema), { parser: 'json', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../../src/model/table.schema.json');
});

/** Every object and list of a document, from outside to inside. */
function* containersOf(json: Json): Iterable<Json[] | { [name: string]: Json }> {
  if (typeof json !== 'object' || json === null) return;
  yield json;
  for (const part of Object.values(json)) yield* containersOf(part);
}

/** What a mistaken writer could put anywhere. */
const wrongJson = `null, true, false, -1, 0, 1, 1.5, 256, 65536, 4294967296, "", "x", "a b", "sixteen--letters", "tcp",
  "protocol-65535", "protocol-100000", "10.0.0.1", "10.0.0.01", "::1", "128", "129", "stopped", "tunnel", "method-3",
  "method-7", "type-2", "type-255", "type-256", "flag-1", [], {}, ["flag-2"]`;
const wrong = fc.constantFrom(undefined, ...(JSON.parse(`[${wrongJson}]`) as Json[]));

/** A document with one change somewhere: a value replaced or removed, or a name misspelt. */
const damaged = fc.tuple(table('read'), fc.nat(), fc.nat(), wrong).map(([table, where, which, value]) => {
  const document = structuredClone(tableToJson(table)) as unknown as Json;
  const containers = [...containersOf(document)].filter((container) => Object.keys(container).length > 0);
  const container = (containers[where % containers.length] ?? {}) as Record<string, Json>;
  const names = Object.keys(container);
  const name = names[which % names.length] ?? '';
  if (value === undefined && Array.isArray(container)) container.splice(Number(name), 1);
  else if (value === undefined) delete container[name];
  else if (value === 'x' && !Array.isArray(container)) container[`${name}x`] = value;
  else container[name] = value;
  return document;
});

function reads(document: unknown): boolean {
  try {
    tableFromJson(document);
    return true;
  } catch (error) {
    // What no schema can say: two parts with one key, a mask of the other family.
    if (error instanceof JsonMismatch && / is a second | has the mask /.test(error.message)) return true;
    if (error instanceof JsonMismatch) return false;
    throw error;
  }
}

test('what is written matches the schema', () => {
  fc.assert(
    fc.property(table('read'), (table) => {
      expect(schemaErrors(tableToJson(table), tableSchema)).toEqual([]);
    }),
    { seed: 1, numRuns: 100 },
  );
});

test('what is damaged matches the schema if and only if the reader takes it', () => {
  const seen = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(damaged, (document) => {
      const taken = reads(document);
      seen[taken ? 'taken' : 'refused']++;
      expect(schemaErrors(document, tableSchema).length === 0).toBe(taken);
    }),
    { seed: 1, numRuns: 600 },
  );
  expect(seen.taken).toBeGreaterThan(50);
  expect(seen.refused).toBeGreaterThan(150);
});
