/** Owns what the commands about one backend take: the word for it, a weight, and the agreement. */

import { parseDecimal } from '../../grammar/value/decimal.ts';
import { weights } from '../../grammar/value/limits.ts';
import type { BackendRequest } from './change-weight.ts';
import { configOptions } from './configured-names.ts';
import { Failure } from './failure.ts';
import type { OptionValues, Options } from './option.ts';

/** For the positional that names the backend. */
export const backendSummary = "ADDRESS (all its ports), ADDRESS:PORT, 'ADDRESS port N', or a name with --config";

/** For every command that changes one backend. */
export const backendOptions = {
  ...configOptions,
  yes: { kind: 'flag', alias: 'y', summary: 'do not ask; needed where nobody sits at a terminal' },
  write: {
    kind: 'value',
    placeholder: 'FILE',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a file',
    summary: 'put the weight into this rule file or configuration, too, once it is live; names are from there as well',
  },
  'dry-run': { kind: 'flag', summary: 'stop before the first write' },
} as const satisfies Options;

/** What they ask for. */
export function backendRequest(
  values: OptionValues<typeof backendOptions> & { readonly backend: string },
): BackendRequest {
  const { backend, config, write, yes } = values;
  return { backend, config, write, yes, dryRun: values['dry-run'] };
}

/** The weight that a word says; throws a usage {@link Failure} if it says none. */
export function parseWeight(text: string): number {
  const weight = parseDecimal(text, weights);
  if (weight === undefined)
    throw new Failure('usage', `"${text}" is no weight: it is a number from 0 to ${weights.to}`);
  return weight;
}
