import { describe, expect, it } from 'vitest';
import { parseInetAton } from '../../../../grammar/value/inet-aton.ts';

describe('parseInetAton', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.1', '10.0.0.1'],
    ['10.1.513', '10.1.2.1'],
    ['10', '0.0.0.10'],
    ['24', '0.0.0.24'],
    ['4294967295', '255.255.255.255'],
    ['010.0.0.1', '8.0.0.1'],
    ['0x0a000001', '10.0.0.1'],
    ['0X0A.0', '10.0.0.0'],
    ['10.0.0.1 ', '10.0.0.1'],
    ['10.0.0.1\tjunk', '10.0.0.1'],
    ['0', '0.0.0.0'],
  ])('reads %j as %s', (text, address) => {
    expect(parseInetAton(text)).toBe(address);
  });

  it.each([
    '',
    ' 10.0.0.1',
    '10.',
    '.10',
    '10.0.0.256',
    '256.0.0.1',
    '10.0.65536',
    '4294967296',
    '1.2.3.4.5',
    '08',
    '0x',
    '+1',
    '-1',
    '10.0.0.1/24',
    'host',
  ])('refuses %j', (text) => {
    expect(parseInetAton(text)).toBeUndefined();
  });
});
