/** Owns whole numbers as ipvsadm reads them: C's strtol(), base 10, of the whole text. */

import { type Range, within } from './limits.ts';

/** White space, a sign and leading zeros may precede; nothing may follow. */
const decimal = /^[ \t\n\v\f\r]*[+-]?\d+$/;

/** The number, or undefined if `text` is none or not in `range`. Hexadecimal, fractions and suffixes are none. */
export function parseDecimal(text: string, range: Range): number | undefined {
  if (!decimal.test(text)) return undefined;
  // -0 is a number to strtol(), and plain 0 to everybody else.
  const number = Number(text.trim()) + 0;
  return within(number, range) ? number : undefined;
}

const longest = 2n ** 63n - 1n;

/**
 * C's atoi(): the number that the text begins with, whatever follows it, or 0. It is read as 64 bits, which an overflow
 * fills, and cut to the lower 32: `4294967297` is 1.
 */
export function leadingInteger(text: string): number {
  const digits = /^[ \t\n\v\f\r]*([+-]?)(\d+)/.exec(text);
  const [, sign, amount = '0'] = digits ?? [];
  const size = BigInt(amount);
  const long = sign === '-' ? -size : size;
  const kept = size <= longest ? long : sign === '-' ? -longest - 1n : longest;
  return Number(BigInt.asIntN(32, kept));
}
