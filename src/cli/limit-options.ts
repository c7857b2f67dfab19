/** Owns the options that let a plan take away more than the guards allow. */

import type { Limits } from '../plan/analyze/guards.ts';
import type { OptionValues, Options } from './option.ts';

/** `12` or `20%`. */
function parseMaxDeletes(text: string): Limits['maxDeletes'] {
  const [, digits, percent] = /^(\d{1,9})(%?)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (percent === '') return { count: Number(digits) };
  return Number(digits) <= 100 ? { percent: Number(digits) } : undefined;
}

/** For every command that writes to the kernel. */
export const limitOptions = {
  'allow-empty': {
    kind: 'flag',
    summary: 'let the table become empty, and services lose their last backend',
  },
  'max-deletes': {
    kind: 'value',
    placeholder: 'N|P%',
    parse: parseMaxDeletes,
    expects: 'a number, or a percentage such as 20%',
    summary: 'refuse a plan that removes more services and backends than this',
  },
} as const satisfies Options;

/** What they allow. */
export function limitsOf(values: OptionValues<typeof limitOptions>): Limits {
  const maxDeletes = values['max-deletes'];
  return { allowEmpty: values['allow-empty'], ...(maxDeletes === undefined ? {} : { maxDeletes }) };
}
