/** Owns the proof that "did you mean" suggests what was meant, and nothing otherwise. */

import { expect, test } from 'vitest';
import { nearest } from '../../../../grammar/text/nearest.ts';

const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'mh'];

test.each([
  ['wllc', 'wlc'],
  ['rw', 'rr'],
  ['clw', undefined],
  ['lbclr', 'lblcr'],
  ['maglev', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s -> %s', (word, expected) => {
  expect(nearest(word, schedulers)).toBe(expected);
});

test('an exact entry is its own nearest', () => {
  expect(nearest('lblc', schedulers)).toBe('lblc');
});
