/** Owns the options that say what a plan may take away, and how gently. */

import { parseDuration } from '../../grammar/value/duration.ts';
import type { Ownership, Table } from '../model/table.ts';
import type { OptionValues, Options } from './option.ts';

/** For the commands that plan. */
export const scopeOptions = {
  own: {
    kind: 'choice',
    choices: ['all', 'declared'],
    summary:
      'which services may be removed: all, or only declared ones, which the source names or the last generation named (default: as the source says, else all)',
  },
  drain: {
    kind: 'value',
    placeholder: 'DURATION',
    parse: parseDuration,
    expects: 'a duration such as 90s or 5m',
    summary:
      'give what is removed weight 0 first, and its connections this long to end (default: as the source says, else none)',
  },
} as const satisfies Options;

/** What a plan takes in place of what its source says, or leaves out. */
export interface PlanScope {
  readonly own?: Ownership;
  /** Seconds, for whatever does not say so itself. */
  readonly drain?: number;
}

/** What the options ask for. */
export function scopeOf({ own, drain }: OptionValues<typeof scopeOptions>): PlanScope {
  return {
    ...(own === undefined ? {} : { own }),
    ...(drain === undefined ? {} : { drain }),
  };
}

/** How long what is removed drains, as a plan takes it. */
export function drainOf({ drain }: PlanScope): { readonly drain?: number } {
  return drain === undefined ? {} : { drain };
}

/** The table as it is desired in a scope: history, drift and saved plans then know whose it is. */
export function scoped(table: Table, { own }: PlanScope): Table {
  return own === undefined ? table : { ...table, owns: own };
}
