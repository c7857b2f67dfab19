/** Owns the proof that an address is read as inet_pton() reads it and printed as inet_ntop() prints it. */

import { describe, expect, test } from 'vitest';
import {
  addressBytes,
  addressFromBytes,
  compareAddresses,
  familyOf,
  parseAddress,
} from '../../../../grammar/value/address.ts';

describe('canonical spelling', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['1:2:3:4:5:6:0:0', '1:2:3:4:5:6::'],
    ['::ffff:0a00:0001', '::ffff:10.0.0.1'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['::a00:1', '::10.0.0.1'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ])('%s -> %s', (text, canonical) => {
    expect(parseAddress(text)).toBe(canonical);
  });
});

test.each([
  ['', '1', '10.1', '10.0.0.256', '10.0.0.01', '10.0.0.1 ', '0x0a.0.0.1', '10.0.0.1:80', '[::1]', ':::', '1::2::3'],
  ['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '12345::', '::g', 'fe80::1%lo', '1.2.3.4::', '::1.2.3'],
  ['::/0', '１０.0.0.1', 'localhost'],
])('%s and its like are no addresses', (...texts) => {
  expect(texts.map(parseAddress)).toEqual(texts.map(() => undefined));
});

test.each(['10.20.30.40', '255.255.255.255', '2001:db8::10', '::ffff:1.2.3.4', 'ff02::1'])(
  '%s survives bytes',
  (text) => {
    const address = parseAddress(text);
    expect(address).toBe(text);
    if (address === undefined) return;
    expect(addressFromBytes(addressBytes(address), familyOf(address))).toBe(text);
  },
);

test('a padded IPv4 address, as the kernel returns it, is read by its first four bytes', () => {
  expect(addressFromBytes(Uint8Array.from([10, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]), 'ip')).toBe('10.0.0.1');
});

test('addresses sort as unsigned numbers, IPv4 first', () => {
  const sorted = ['1.1.1.1', '9.0.0.1', '10.0.0.1', '10.0.0.10', '172.16.0.1', '255.0.0.1', '::1', '2001:db8::1'];
  const addresses = sorted.map((text) => parseAddress(text)).filter((address) => address !== undefined);
  expect(addresses.toReversed().sort(compareAddresses)).toEqual(sorted);
});
