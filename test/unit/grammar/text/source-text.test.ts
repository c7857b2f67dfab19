/** Owns the proof that offsets become the lines and columns that people count. */

import { expect, test } from 'vitest';
import { lineText, locate } from '../../../../grammar/text/source-text.ts';

const source = { name: 'x.rules', text: '-A -t a\r\n\n# über 🙂 x\nlast' };

test.each([
  [0, { line: 1, column: 1 }],
  [3, { line: 1, column: 4 }],
  [8, { line: 1, column: 9 }],
  [9, { line: 2, column: 1 }],
  [10, { line: 3, column: 1 }],
  [source.text.indexOf('x\nlast'), { line: 3, column: 10 }],
  [source.text.length, { line: 4, column: 5 }],
  [source.text.length + 9, { line: 4, column: 5 }],
])('offset %i is at %o', (offset, location) => {
  expect(locate(source, offset)).toEqual(location);
});

test('a line is given without its ending, and a line that is not there is empty', () => {
  expect([0, 1, 2, 3, 4, 5].map((line) => lineText(source, line))).toEqual([
    '',
    '-A -t a',
    '',
    '# über 🙂 x',
    'last',
    '',
  ]);
});

test('characters of two code units count once, on every line, also in the middle of one', () => {
  const wide = { name: 'wide', text: '🙂a\n🙂🙂b\nc' };
  const columns = Array.from({ length: wide.text.length + 1 }, (_, offset) => locate(wide, offset).column);
  const counted = Array.from({ length: wide.text.length + 1 }, (_, offset) => {
    const start = wide.text.slice(0, offset).lastIndexOf('\n') + 1;
    return Array.from(wide.text.slice(start, offset)).length + 1;
  });
  expect(columns).toEqual(counted);
});
