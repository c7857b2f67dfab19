/** Owns the proof that patterns match as in a shell, and never take long. */

import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../../src/cli/name-pattern.ts';

describe('what matches', () => {
  test.each([
    ['a.ipvs', '*.ipvs'],
    ['a.ipvs', '*'],
    ['a.ipvs', 'a.ipvs'],
    ['a.ipvs', '?.ip*s'],
    ['a.ipvs', '**a**'],
    ['b1', '[a-c][0-9]'],
    ['d1', '[!a-c]?'],
    ['a-b', 'a[x-]b'],
    ['a]', 'a[]]'],
    ['a[b', 'a[b'],
    ['.hidden', '.h*'],
    ['aXbXc', 'a*X*c'],
    ['ü.ipvs', '?.ipvs'],
    ['a+b(c)', 'a+b(c)'],
  ])('%s is %s', (name, pattern) => {
    expect(matchesPattern(name, pattern)).toBe(true);
  });
});

describe('what does not', () => {
  test.each([
    ['a.ipvs', '*.rules'],
    ['a.ipvs.bak', '*.ipvs'],
    ['.hidden', '*'],
    ['.hidden', '?hidden'],
    ['ab', '?'],
    ['', '?'],
    ['d', '[a-c]'],
    ['b', '[c-a]'],
    ['aXb', 'a.b'],
    ['abc', 'a*d'],
  ])('%s is not %s', (name, pattern) => {
    expect(matchesPattern(name, pattern)).toBe(false);
  });
});

test('a pattern of many stars is answered', () => {
  expect(matchesPattern('a'.repeat(255), `${'*a'.repeat(100)}b`)).toBe(false);
});
