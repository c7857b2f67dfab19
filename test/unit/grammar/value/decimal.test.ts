import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../../../grammar/value/decimal.ts';

const byte = { from: 0, to: 255 };

describe('parseDecimal', () => {
  it.each([
    ['80', 80],
    ['080', 80],
    ['+80', 80],
    [' \t80', 80],
    ['-0', 0],
    ['255', 255],
  ])('reads %j as %d', (text, number) => {
    expect(parseDecimal(text, byte)).toBe(number);
  });

  it.each(['', ' ', '+', '-1', '256', '0x50', '8.0', '80 ', '80k', '+ 80', '99999999999999999999', '１'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text, byte)).toBeUndefined();
    },
  );
});
