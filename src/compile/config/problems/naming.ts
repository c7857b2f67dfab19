/** Owns what can be wrong with names and variables. */

import { quoted } from '../../../../grammar/text/quoted.ts';

interface Named {
  readonly name: string;
}
interface Most {
  readonly most: number | bigint;
}

const sites = (names: readonly string[]): string =>
  `${names.length === 1 ? 'site' : 'the sites'} ${names.map(quoted).join(', ')}`;

/** Names and variables. */
export const naming = {
  'declared-twice': {
    severity: 'error',
    message: ({ what }: { readonly what: string }) => `${what} is given twice`,
    explanation:
      'Pools, profiles, services, variables and the members of a pool have one name each, over all files of a configuration. Settings are given once in a block, and `defaults`, `timeouts`, `own` and each `sync` once in a configuration.',
  },
  'undeclared-name': {
    severity: 'error',
    message: ({ noun, name }: Named & { readonly noun: string }) => `there is no ${noun} ${quoted(name)}`,
    explanation:
      'A service refers to pools and profiles by their names. They may be declared in any file of the configuration, in front of the service or behind it.',
  },
  'undefined-variable': {
    severity: 'error',
    message: ({ name }: Named) => `there is no variable ${quoted(name)}`,
    explanation:
      'A variable is given a value by `define NAME = VALUE` (in front of its use or behind it), by the site that was chosen, or by `-D NAME=VALUE`.',
  },
  'variable-of-other-site': {
    severity: 'error',
    message: ({ name, owners }: Named & { readonly owners: readonly string[] }) =>
      `variable ${quoted(name)} has a value only in ${sites(owners)}`,
    explanation:
      'The defines of a site hold if the site is chosen with `--site`. A variable that every site defines needs a choice; one that some sites define needs a `define` outside of them for the others.',
  },
  'circular-define': {
    severity: 'error',
    message: ({ name }: Named) => `the value of ${quoted(name)} depends on itself`,
    explanation: 'A variable may be defined by others, but not by itself.',
  },
  'define-too-deep': {
    severity: 'error',
    message: ({ most }: Most) => `more than ${most} variables are defined by each other here`,
    explanation: 'The depth of variables in variables is limited.',
  },
  'set-too-large': {
    severity: 'error',
    message: ({ most }: Most) => `this set has more than ${most} values`,
    explanation: 'A set of variables that are sets themselves grows fast, so its size is limited.',
  },
  'unknown-site': {
    severity: 'error',
    message: ({ site }: { readonly site: string }) => `the configuration has no site ${quoted(site)}`,
    explanation: '`--site NAME` chooses one of the sites that the configuration declares with `site NAME { ... }`.',
  },
  'bad-define': {
    severity: 'error',
    message: ({ name }: Named) => `what -D gives ${quoted(name)} is not a value`,
    explanation:
      '`-D NAME=VALUE` takes a value as `define NAME = VALUE` does: a number, a duration, an address, a name, a text in double quotes, or a set of them in braces.',
  },
} as const;
