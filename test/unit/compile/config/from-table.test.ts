/** Owns the proof of what a made configuration calls things, and of what it writes as ranges. */

import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../grammar/value/address.ts';
import { distinctNames } from '../../../../src/compile/config/from-table/names.ts';
import { addressRange, isNextAddress, runsOf } from '../../../../src/compile/config/from-table/ranges.ts';

describe('distinct names', () => {
  const names = (...things: readonly (readonly string[])[]) => [...distinctNames(things, (thing) => thing).values()];

  test('the first name that nobody else has', () => {
    expect(names(['a', 'a1'], ['b', 'b1'], ['a', 'a2'])).toEqual(['a1', 'b', 'a2']);
  });

  test('a name that is taken already is none', () => {
    expect(names(['a'], ['b', 'a'], ['b', 'c'])).toEqual(['a', 'a-1', 'c']);
  });

  test('they do not depend on the order of things', () => {
    expect(names(['a', 'a2'], ['b', 'b1'], ['a', 'a1'])).toEqual(['a2', 'b', 'a1']);
  });

  test('things without a name of their own are numbered', () => {
    expect(names(['a'], ['a'], ['a'], ['a-1'])).toEqual(['a-2', 'a-3', 'a-4', 'a-1']);
  });
});

describe('ranges', () => {
  const follows = (before: string, address: string): boolean => {
    const [left, right] = [parseAddress(before), parseAddress(address)];
    return left !== undefined && right !== undefined && isNextAddress(left, right);
  };

  test.each([
    ['10.0.0.1', '10.0.0.2', true],
    ['10.0.0.255', '10.0.1.0', true],
    ['10.0.0.2', '10.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', false],
    ['255.255.255.255', '0.0.0.0', false],
    ['::ffff', '::1:0', true],
    ['10.0.0.1', '::10.0.0.2', false],
  ])('%s is followed by %s: %s', (before, address, expected) => {
    expect(follows(before, address)).toBe(expected);
  });

  test.each([
    ['10.0.0.1', '10.0.0.3', '10.0.0.1-3'],
    ['10.0.0.254', '10.0.1.1', '10.0.0.254-10.0.1.1'],
    ['2001:db8::9', '2001:db8::b', '2001:db8::9-b'],
    ['2001:db8::fffe', '2001:db8::1:1', '2001:db8::fffe-2001:db8::1:1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.3', '::ffff:10.0.0.1-::ffff:10.0.0.3'],
    ['::', '::2', '::-2'],
  ])('%s to %s', (first, last, range) => {
    const [from, to] = [parseAddress(first), parseAddress(last)];
    expect(from && to && addressRange(from, to)).toBe(range);
  });

  test('two that follow each other are easier to read one by one', () => {
    expect(runsOf([1, 2, 4, 5, 6, 9], (before, entry) => entry === before + 1)).toEqual([[1], [2], [4, 5, 6], [9]]);
  });
});
