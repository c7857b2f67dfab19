/** Owns the reading of `-M`: a mask for IPv4, a prefix length for IPv6, and what is taken for one of them. */

import type { Word } from '../../../grammar/ast/rules.ts';
import type { Details } from '../../../grammar/text/diagnostic.ts';
import { leadingInteger, parseDecimal } from '../../../grammar/value/decimal.ts';
import type { Family } from '../../../grammar/value/family.ts';
import { type Range, within } from '../../../grammar/value/limits.ts';
import { type Netmask, maskOfPrefix, parseNetmask } from '../../../grammar/value/netmask.ts';
import type { LineContext } from './context.ts';
import { readMaskAddress } from './endpoints.ts';
import { problem } from './problems.ts';

const prefixLengths: Readonly<Record<Family, Range>> = { ip: { from: 1, to: 32 }, ip6: { from: 1, to: 128 } };

/** The suggestion for a prefix length where a mask is wanted. */
export function maskOfLength(text: string): Pick<Details, 'suggestion'> {
  const prefix = parseDecimal(text.replace(/^\//, ''), prefixLengths.ip);
  return prefix === undefined ? {} : { suggestion: `write ${maskOfPrefix(prefix)}` };
}

function readPrefixLength({ text, span }: Word, context: LineContext): Netmask | undefined {
  const prefix = leadingInteger(text);
  if (!within(prefix, prefixLengths.ip6)) {
    context.report(problem('invalid-prefix-length', { text }, { span }));
    return undefined;
  }
  if (parseDecimal(text, prefixLengths.ip6) === undefined) {
    context.report(problem('prefix-with-rest', { text, prefix }, { span, suggestion: `write ${prefix}` }));
  }
  return parseNetmask(String(prefix), 'ip6');
}

/** Reads a mask for the family that is known where `-M` stands; undefined, and reported, if it is none. */
export function readNetmask(word: Word, family: Family, context: LineContext): Netmask | undefined {
  if (family === 'ip6') return readPrefixLength(word, context);
  const { text, span } = word;
  const reject = () => context.report(problem('invalid-mask', { text }, { span, ...maskOfLength(text) }));
  const address = readMaskAddress(word, context, reject);
  return address && parseNetmask(address, 'ip');
}
