/** Owns the promise that every command has examples, and that they are command lines that it takes. */

import { expect, test } from 'vitest';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { commands } from '../../../src/cli/commands/table.ts';

const examples = commands.flatMap(({ name, examples: lines }) => lines.map(({ line }) => [name, line] as const));

test('every command has one', () => {
  const shown = new Set(examples.map(([name]) => name));
  expect(commands.filter(({ name }) => !shown.has(name)).map(({ name }) => name)).toEqual([]);
});

test.each(examples)('%s: %s', (_, line) => {
  // A shell may take the output, or go on behind it.
  const [, words = ''] = /ipvstx ([^<>|&)]+)/.exec(line) ?? [];
  const { command } = parseCommandLine(words.trim().split(/ +/), commands);
  expect(line).toContain(`ipvstx ${command.name}`);
});
