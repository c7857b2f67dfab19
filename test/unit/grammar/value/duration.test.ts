/** Owns the proof that durations are read and written. */

import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../../../grammar/value/duration.ts';

test.each([
  ['900', 900, '15m'],
  ['0', 0, '0s'],
  ['45s', 45, '45s'],
  ['15m', 900, '15m'],
  ['1h30m', 5400, '1h30m'],
  ['90m', 5400, '1h30m'],
  ['31d', 2_678_400, '31d'],
  ['1d1h1m1s', 90_061, '1d1h1m1s'],
])('%s is %d seconds, written %s', (text, seconds, written) => {
  expect(parseDuration(text)).toBe(seconds);
  expect(formatDuration(seconds)).toBe(written);
  expect(parseDuration(written)).toBe(seconds);
});

test.each([['', 'm', '5', '1m1h', '1.5h', '-5m', '5 m', '5M', '5min', '1h1h', '+5']])('what is none', (...texts) => {
  expect(texts.map(parseDuration)).toEqual(texts.map((text) => (text === '5' ? 5 : undefined)));
});
