/** Owns the proof that every part of a JSON text is found, and every mistake where JSON.parse() finds it. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonSyntaxError, jsonPlaces } from '../../../src/model/json-places.ts';

function placesIn(text: string): Record<string, string> {
  const entries = Array.from(jsonPlaces(text), ([path, { start, end }]) => [path, text.slice(start, end)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

test('every part has a place', () => {
  expect(placesIn('{ "a": 1,\n "b": [true, {"c\\"d": "x"}, [] ], "e":null}')).toEqual({
    '': '{',
    a: '"a": 1',
    b: '"b": [',
    'b[0]': 'true',
    'b[1]': '{',
    'b[1].c"d': '"c\\"d": "x"',
    'b[2]': '[',
    e: '"e":null',
  });
  expect(placesIn(' -1.5e+3\n')).toEqual({ '': '-1.5e+3' });
});

test.each([
  ['', 'expected a value', ''],
  ['{', 'expected a name in quotes', ''],
  ['{"a"', 'expected ":"', ''],
  ['{"a": 1,}', 'expected a name in quotes', '}'],
  ["{'a': 1}", 'expected a name in quotes', "'"],
  ['[1 2]', 'expected "," or "]"', '2'],
  ['[01]', 'expected "," or "]"', '1'],
  ['{"a": .5}', 'expected a value', '.'],
  ['{"a": "line\nbreak"}', 'expected a value', '"'],
  ['[nul]', 'expected a value', 'n'],
  ['{} {}', 'expected the end', '{'],
  ['[😀]', 'expected a value', '😀'],
  ['['.repeat(100_000), 'expected less nesting', '['],
])('%j: %s', (text, message, at) => {
  const error = (() => {
    try {
      return jsonPlaces(text);
    } catch (error) {
      return error;
    }
  })();
  expect(error).toBeInstanceOf(JsonSyntaxError);
  const { place } = error as JsonSyntaxError;
  expect({ message: (error as JsonSyntaxError).message, at: text.slice(place.start, place.end) }).toEqual({
    message,
    at,
  });
});

function accepts(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

test('what JSON.parse() takes is taken, and nothing else', () => {
  const damaged = fc
    .tuple(
      fc.json(),
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom(...'{ } [ ] , : " \\ \n \0 \u007F 0 1 - + . e E t'.split(' '), ' '),
    )
    .map(
      ([text, at, removed, added]) =>
        text.slice(0, at % (text.length + 1)) + added + text.slice((at % (text.length + 1)) + removed),
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged), (text) => {
      expect(accepts(jsonPlaces, text)).toBe(accepts(JSON.parse, text));
    }),
    { seed: 1, numRuns: 2000 },
  );
});
