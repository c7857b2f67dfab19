/** Owns the proof that ranges and prefixes stand for the addresses that they seem to. */

import { expect, test } from 'vitest';
import { addressesOf, adviceOnRange, parseAddressRange } from '../../../../grammar/value/address-range.ts';

function expand(text: string): readonly string[] | undefined {
  const range = parseAddressRange(text);
  return range && addressesOf(range);
}

test.each([
  ['10.0.1.21-24', ['10.0.1.21', '10.0.1.22', '10.0.1.23', '10.0.1.24']],
  ['10.0.1.254-10.0.2.1', ['10.0.1.254', '10.0.1.255', '10.0.2.0', '10.0.2.1']],
  ['10.0.1.5-5', ['10.0.1.5']],
  ['10.0.1.4/31', ['10.0.1.4', '10.0.1.5']],
  ['10.0.1.4/32', ['10.0.1.4']],
  ['2001:db8::9-b', ['2001:db8::9', '2001:db8::a', '2001:db8::b']],
  ['2001:db8::ffff-2001:db8::1:0', ['2001:db8::ffff', '2001:db8::1:0']],
  ['2001:db8::/127', ['2001:db8::', '2001:db8::1']],
])('%s', (text, addresses) => {
  expect(expand(text)).toEqual(addresses);
});

test.each([
  ['10.0.1.24-21', 'did you mean 10.0.1.21-10.0.1.24?'],
  ['2001:db8::b-9', 'did you mean 2001:db8::9-2001:db8::b?'],
  ['10.0.0.1-256', 'behind the - stands the last address, or its last octet, 0 to 255'],
  ['10.0.0.1-', 'behind the - stands the last address, or its last octet, 0 to 255'],
  ['::1-fffff', 'behind the - stands the last address, or its last group, 0 to ffff'],
  ['::ffff:10.0.0.1-3', 'behind the - stands the last address'],
  ['10.0.0.1-::1', 'both ends of a range are of one family'],
  ['10.0.0.9/24', 'did you mean 10.0.0.0/24?'],
  ['2001:db8::9/125', 'did you mean 2001:db8::8/125?'],
  ['10.0.0.0/33', 'behind the / stands the length of the prefix, 0 to 32'],
  ['::/129', 'behind the / stands the length of the prefix, 0 to 128'],
  ['10.0.0.1', undefined],
  ['a-b', undefined],
  ['-', undefined],
  ['/', undefined],
])('%s is none, and what was meant may be: %s', (text, advice) => {
  expect(parseAddressRange(text)).toBeUndefined();
  expect(adviceOnRange(text)).toBe(advice);
  // What is advised is right.
  const [, meant = '::/0'] = /^did you mean (.*)\?$/.exec(advice ?? '') ?? [];
  expect(parseAddressRange(meant)).toBeDefined();
});

test('a range may be larger than anybody can list', () => {
  expect(parseAddressRange('::/0')?.count).toBe(2n ** 128n);
});
