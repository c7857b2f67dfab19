/** Owns the options that every command takes. */

import type { OptionValues, Options } from './option.ts';

/** Where IPVS is: this machine's kernel, or one in this process, whose table a file may keep. */
export type KernelChoice = { readonly kind: 'live' } | { readonly kind: 'memory'; readonly file?: string };

/** `live`, `memory` or `memory:FILE`. */
function parseKernel(text: string): KernelChoice | undefined {
  if (text === 'live' || text === 'memory') return { kind: text };
  const file = text.startsWith('memory:') ? text.slice('memory:'.length) : '';
  return file === '' ? undefined : { kind: 'memory', file };
}

/** Milliseconds of a positive number of seconds. */
function parseSeconds(text: string): number | undefined {
  const milliseconds = /^\d+(\.\d+)?s?$/.test(text) ? Number.parseFloat(text) * 1000 : 0;
  return milliseconds > 0 ? milliseconds : undefined;
}

/** A variable and the text of its value. */
function parseDefine(text: string): readonly [string, string] | undefined {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

/** In the order of the help text. */
export const globalOptions = {
  kernel: {
    kind: 'value',
    placeholder: 'live|memory[:FILE]',
    parse: parseKernel,
    expects: '"live", "memory" or "memory:FILE"',
    summary: 'the IPVS to work on: the running kernel (default), or one in memory that obeys the same rules',
  },
  netns: {
    kind: 'value',
    placeholder: 'NAME|PATH',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a network namespace or a path to one',
    summary: 'work in this network namespace',
  },
  timeout: {
    kind: 'value',
    placeholder: 'SECONDS',
    parse: parseSeconds,
    expects: 'a positive number of seconds',
    summary: 'how long to wait for one answer of the kernel',
  },
  site: {
    kind: 'value',
    placeholder: 'NAME',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a site',
    summary: 'take the defines of this site of a configuration',
  },
  define: {
    kind: 'list',
    alias: 'D',
    placeholder: 'NAME=VALUE',
    parse: parseDefine,
    expects: 'NAME=VALUE',
    summary: 'give a variable of a configuration this value, over its site and its files',
  },
  'state-dir': {
    kind: 'value',
    placeholder: 'DIRECTORY',
    parse: (text: string) => (text === '' ? undefined : text),
    expects: 'the name of a directory',
    summary:
      'where the history and what is under way are kept (default: /var/lib/ipvstx; FILE.state for a memory kernel)',
  },
  json: { kind: 'flag', summary: 'print the result as JSON' },
  quiet: { kind: 'flag', alias: 'q', summary: 'print nothing but results and errors' },
  verbose: { kind: 'flag', alias: 'v', summary: 'say more about what is done' },
  'no-color': { kind: 'flag', summary: 'no colours, as if NO_COLOR were set' },
  help: { kind: 'flag', alias: 'h', summary: 'print this help' },
} as const satisfies Options;

/** Their values on one command line. */
export type GlobalValues = OptionValues<typeof globalOptions>;

/** None of them: for what is said before the command line is understood, and for runs without one. */
export const noOptions: GlobalValues = {
  kernel: undefined,
  netns: undefined,
  timeout: undefined,
  site: undefined,
  define: [],
  'state-dir': undefined,
  json: false,
  quiet: false,
  verbose: false,
  'no-color': false,
  help: false,
};
