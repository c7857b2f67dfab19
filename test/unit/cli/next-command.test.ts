/** Owns the proof that a command that is named works on the same table, with the same state. */

import { expect, test } from 'vitest';
import { applyCommandLine, commandLineFor } from '../../../src/cli/next-command.ts';

const options = {
  kernel: { kind: 'live' },
  netns: undefined,
  'state-dir': undefined,
  site: undefined,
  define: [],
  timeout: undefined,
  json: false,
  quiet: false,
  verbose: false,
  'no-color': false,
  help: false,
} as const;

test('a command says which table and which state it is about', () => {
  expect(commandLineFor(['confirm'], { options })).toBe('ipvstx confirm');
  const elsewhere = { ...options, netns: 'blue', 'state-dir': '/srv/my state' };
  expect(commandLineFor(['confirm'], { options: elsewhere })).toBe(
    "ipvstx confirm --netns blue --state-dir '/srv/my state'",
  );
  const kernel = { kind: 'memory', file: 'lab.json' } as const;
  expect(applyCommandLine('a.ipvs', { own: 'declared' }, { options: { ...options, kernel, site: 'fra1' } })).toBe(
    'ipvstx apply a.ipvs --own declared --site fra1 --kernel memory:lab.json',
  );
});

test('a file whose name begins with a dash is no option', () => {
  expect(applyCommandLine('-x.rules', {}, { options })).toBe('ipvstx apply ./-x.rules');
  expect(applyCommandLine('-', {}, { options })).toBe('ipvstx apply -');
});
