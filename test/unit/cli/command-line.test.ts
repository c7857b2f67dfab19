import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/cli/command.ts';
import { parseCommandLine } from '../../../src/cli/command-line.ts';
import { Failure } from '../../../src/cli/failure.ts';

const run = (): Promise<'done'> => Promise.resolve('done');
const texts = { summary: '', description: '', examples: [] };

const commands = [
  defineCommand({
    ...texts,
    name: 'check',
    positionals: { source: { count: 'many', summary: '' } },
    options: {
      format: { kind: 'choice', choices: ['text', 'json'], summary: '' },
      output: { kind: 'value', alias: 'o', placeholder: 'FILE', parse: (text) => text, summary: '' },
      strict: { kind: 'flag', summary: '' },
    },
    run,
  }),
  defineCommand({
    ...texts,
    name: 'diff',
    positionals: { before: { count: 'one', summary: '' }, after: { count: 'one', summary: '' } },
    options: {},
    run,
  }),
  defineCommand({
    ...texts,
    name: 'restore',
    positionals: { source: { count: 'optional', summary: '' } },
    options: {},
    run,
  }),
];

/** The values of a command line, without the options that were not given. */
function values(...words: readonly string[]): object {
  const line = parseCommandLine(words, commands);
  const absent = (value: unknown): boolean =>
    value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  const given = Object.entries(line.values).filter(([, value]) => !absent(value));
  return { command: line.command.name, ...Object.fromEntries(given) };
}

/** What a command line that is none is answered with. */
function usage(...words: readonly string[]): string {
  let error: unknown;
  try {
    parseCommandLine(words, commands);
  } catch (thrown) {
    error = thrown;
  }
  if (!(error instanceof Failure)) throw new Error(`no usage error: ${String(error)}`);
  expect(error.status).toBe('usage');
  return `${error.message} / ${error.suggestion}`;
}

describe('parseCommandLine', () => {
  it('gives words and options their names', () => {
    expect(values('check', 'a', 'b')).toEqual({ command: 'check', source: ['a', 'b'] });
    expect(values('diff', 'live', '-')).toEqual({ command: 'diff', before: 'live', after: '-' });
    expect(values('restore')).toEqual({ command: 'restore' });
    expect(values('check', '--strict', 'a', '-qv', '-o', 'x', '--format=json')).toEqual({
      command: 'check',
      source: ['a'],
      strict: true,
      quiet: true,
      verbose: true,
      output: 'x',
      format: 'json',
    });
  });

  it('takes global options on both sides of the command', () => {
    const expected = { command: 'restore', kernel: { kind: 'memory', file: 'x.json' }, timeout: 1500 };
    expect(values('--kernel', 'memory:x.json', 'restore', '--timeout', '1.5')).toEqual(expected);
    expect(values('restore', '--timeout=1.5s', '--kernel=memory:x.json')).toEqual(expected);
  });

  it('finds the command behind global options and their values', () => {
    const define = { define: [['A', '1']] };
    expect(values('-D', 'A=1', 'restore', 'x')).toMatchObject({ command: 'restore', source: 'x', ...define });
    expect(values('-qD', 'A=1', 'restore')).toMatchObject({ command: 'restore', quiet: true, ...define });
    expect(values('--kernel=memory', '--', 'restore', '-x')).toMatchObject({ command: 'restore', source: '-x' });
    expect(values('--site', 'check', 'restore')).toMatchObject({ command: 'restore', site: 'check' });
  });

  it('leaves words alone that look like numbers or stand behind --', () => {
    expect(values('check', '007', '1e3')).toEqual({ command: 'check', source: ['007', '1e3'] });
    expect(values('check', '--', '--strict', '-x')).toEqual({ command: 'check', source: ['--strict', '-x'] });
  });

  it('lets the last of repeated options count', () => {
    expect(values('restore', '--kernel', 'live', '--kernel', 'memory')).toMatchObject({
      kernel: { kind: 'memory' },
    });
    expect(values('restore', '-q', '-q')).toEqual({ command: 'restore', quiet: true });
  });

  it('gives no flag a value, neither a wrong one nor the word behind it', () => {
    expect(usage('check', 'a', '--strict=1')).toContain('option "--strict" takes no value');
    expect(usage('check', 'a', '--strict=false')).toContain('option "--strict" takes no value');
    expect(usage('check', 'a', '-vq=1')).toContain('option "-q" takes no value');
    expect(values('check', '--strict', 'true')).toEqual({ command: 'check', source: ['true'], strict: true });
    expect(values('check', '-qv', 'false')).toEqual({
      command: 'check',
      source: ['false'],
      quiet: true,
      verbose: true,
    });
    expect(values('check', '-o', 'f', '-q', '--', '--strict=1')).toEqual({
      command: 'check',
      source: ['--strict=1'],
      output: 'f',
      quiet: true,
    });
  });

  it('keeps every one of an option that is a list', () => {
    expect(values('restore', '-D', 'A=1', '--define=B=x=y', '-D', 'C=')).toEqual({
      command: 'restore',
      define: [
        ['A', '1'],
        ['B', 'x=y'],
        ['C', ''],
      ],
    });
    expect(usage('restore', '-D', 'A')).toContain('it is NAME=VALUE');
  });

  it('suggests what was meant', () => {
    expect(usage('chekc', 'a')).toBe('unknown command "chekc" / did you mean "check"?');
    expect(usage('check', 'a', '--formt', 'json')).toBe('unknown option "--formt" / did you mean "--format"?');
    expect(usage('check', 'a', '--formt=json')).toBe('unknown option "--formt" / did you mean "--format"?');
    expect(usage('check', 'a', '--format', 'jsn')).toBe(
      'option "--format" can\'t be "jsn": it is one of text, json / did you mean "json"?',
    );
    expect(usage('check', 'a', '--kernal', 'live')).toBe('unknown option "--kernal" / did you mean "--kernel"?');
  });

  it('says what is missing or too much', () => {
    expect(usage()).toBe('a command is missing / see "ipvstx --help"');
    expect(usage('check')).toBe('SOURCE is missing / see "ipvstx check --help"');
    expect(usage('diff', 'a')).toBe('AFTER is missing / see "ipvstx diff --help"');
    expect(usage('diff', 'a', 'b', 'c')).toBe('unexpected argument "c" / see "ipvstx diff --help"');
    expect(usage('check', 'a', '--format')).toBe('option "--format" needs a value / see "ipvstx check --help"');
    expect(usage('check', 'a', '-o')).toBe('option "-o" needs a value / see "ipvstx check --help"');
  });

  it('names the unknown letter of a bundle', () => {
    expect(usage('check', 'a', '-qx')).toBe('unknown option "-x" in "-qx" / see "ipvstx check --help"');
    expect(usage('check', 'a', '-z')).toBe('unknown option "-z" / see "ipvstx check --help"');
  });

  it('refuses values that an option does not take', () => {
    expect(usage('restore', '--kernel', 'memory:')).toContain('option "--kernel" can\'t be "memory:"');
    expect(usage('restore', '--timeout', '0')).toContain('a positive number of seconds');
    expect(usage('restore', '--__proto__', 'x')).toContain('unknown option');
    expect(usage('nonsense', '--nope')).toContain('unknown option "--nope"');
  });
});
