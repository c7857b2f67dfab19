/** Owns the proof that ranges and prefixes stand for the addresses that they seem to. */

import { expect, test } from 'vitest';
import { addressesOf, parseAddressRange } from '../../../../grammar/value/address-range.ts';

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
  '10.0.1.24-21',
  '10.0.0.1-256',
  '10.0.0.1-::1',
  '10.0.0.1/24',
  '10.0.0.0/33',
  '::1-fffff',
  '10.0.0.1',
  'a-b',
  '-',
  '/',
  '10.0.0.1-',
  '::/129',
  '::ffff:10.0.0.1-3',
])('%s is none', (text) => {
  expect(parseAddressRange(text)).toBeUndefined();
});

test('a range may be larger than anybody can list', () => {
  expect(parseAddressRange('::/0')?.count).toBe(2n ** 128n);
});
