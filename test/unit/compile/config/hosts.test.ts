/** Owns the proof that a lock file is read as it was written. */

import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../grammar/value/address.ts';
import { isHostName, parseLockFile, printLockFile } from '../../../../src/compile/config/hosts.ts';

const addresses = (...texts: readonly string[]) => texts.flatMap((text) => parseAddress(text) ?? []);
const parse = (text: string) => parseLockFile({ name: 'a.lock', text });

test('it is sorted, and the same again', () => {
  const hosts = new Map([
    ['w2.example', addresses('2001:db8::1', '10.0.0.10', '10.0.0.9')],
    ['w1.example', addresses('10.0.0.1')],
  ]);
  const text = printLockFile(hosts);
  expect(text.split('\n').slice(1)).toEqual(['w1.example 10.0.0.1', 'w2.example 10.0.0.9 10.0.0.10 2001:db8::1', '']);
  const { addresses: read, diagnostics } = parse(text);
  expect(printLockFile(read)).toBe(text);
  expect(diagnostics).toEqual([]);
});

test('comments, empty lines and CRLF', () => {
  expect(parse('# a\r\n\r\n w1 10.0.0.1 # b\r\n').addresses).toEqual(new Map([['w1', ['10.0.0.1']]]));
});

test.each(['w1', 'w1 10.0.0.256', 'w1 10.0.0.1 x'])('%s is no line', (line) => {
  expect(parse(`a 1.2.3.4\n${line}\n`)).toMatchObject({
    diagnostics: [{ code: 'bad-lock-line', span: { start: 10 } }],
  });
});

describe('host names', () => {
  test.each(['a', 'w1.example', '_sip.example', '1.example', 'a-b.c'])('%s', (name) => {
    expect(isHostName(name)).toBe(true);
  });
  test.each(['', '-a', '.a', 'a b', 'ä', 'a'.repeat(254), 'a/b', 'a#b'])('not %s', (name) => {
    expect(isHostName(name)).toBe(false);
  });
});
