/** Owns the proof of `ipvstx fmt`: what it writes, what it only says, and how it ends. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ipvstx-fmt-'));
  writeFileSync(join(directory, 'a.ipvs'), 'own   all\n');
  writeFileSync(join(directory, 'b.ipvs'), 'own all\n');
  writeFileSync(join(directory, 'c.rules'), '-A -s rr -t 192.0.2.1:80\n');
  writeFileSync(join(directory, 'd.ipvs'), 'own\n');
});

afterEach(() => rmSync(directory, { recursive: true }));

const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8');
const fmt = (...words: readonly string[]) => runCommand(['fmt', ...words], { directory });

test('files are formatted in place, and said to be', async () => {
  expect(await fmt('a.ipvs', 'b.ipvs', 'c.rules')).toEqual({
    status: 0,
    stdout: '',
    stderr: 'a.ipvs: formatted\nc.rules: formatted\n',
  });
  expect(textOf('a.ipvs')).toBe('own all\n');
  expect(textOf('c.rules')).toBe('-A -t 192.0.2.1:80 -s rr\n');
  expect(await fmt('a.ipvs', 'b.ipvs', 'c.rules')).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('--check and --diff write nothing', async () => {
  expect(await fmt('--check', 'a.ipvs', 'b.ipvs')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'a.ipvs: not formatted\n',
  });
  expect(await fmt('--check', 'b.ipvs')).toEqual({ status: 0, stdout: '', stderr: '' });
  const { status, stdout } = await fmt('--diff', 'a.ipvs', 'b.ipvs');
  expect(status).toBe(0);
  expect(stdout).toContain('-own   all\n+own all\n');
  expect(await fmt('--check', '--diff', 'a.ipvs')).toMatchObject({ status: 2, stdout });
  expect(textOf('a.ipvs')).toBe('own   all\n');
});

test('a file with a mistake stays as it is, and the others are formatted', async () => {
  const { status, stderr } = await fmt('d.ipvs', 'a.ipvs');
  expect(status).toBe(3);
  expect(stderr).toContain('d.ipvs:1:4');
  expect(textOf('d.ipvs')).toBe('own\n');
  expect(textOf('a.ipvs')).toBe('own all\n');
});

test('standard input goes to standard output', async () => {
  const run = runCommand(['fmt', '--input-format', 'config', '-'], { directory, stdin: 'own  all' });
  expect(await run).toEqual({ status: 0, stdout: 'own all\n', stderr: '' });
});

test.each(['live', 'git:HEAD:a.ipvs', 'a.json'])('%s is nothing to format', async (name) => {
  writeFileSync(join(directory, 'a.json'), '{}');
  expect(await fmt(name)).toMatchObject({ status: 64 });
});

test('a file that truly holds the character for lost bytes has lost none', async () => {
  writeFileSync(join(directory, 'f.ipvs'), 'own   all # \uFFFD\n');
  expect(await fmt('f.ipvs')).toMatchObject({ status: 0 });
  expect(textOf('f.ipvs')).toBe('own all # \uFFFD\n');
});

test('bytes that are no UTF-8 are not lost: the file stays as it is', async () => {
  const latin1 = {
    'e.ipvs': Buffer.from('own   all # caf\xe9\n', 'latin1'),
    'e.rules': Buffer.from(
      '# caf\xe9\n-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 5\n',
      'latin1',
    ),
  };
  for (const [name, bytes] of Object.entries(latin1)) writeFileSync(join(directory, name), bytes);
  const { status, stderr } = await fmt('e.ipvs', 'e.rules', 'a.ipvs');
  expect(status).toBe(3);
  expect(stderr).toContain('"e.ipvs" has bytes that are no UTF-8, which would be lost; it stays as it is');
  expect(textOf('a.ipvs')).toBe('own all\n');
  const memory = ['--kernel', 'memory:table.json'];
  expect(await runCommand(['apply', '--yes', 'e.rules', ...memory], { directory })).toMatchObject({ status: 0 });
  const before = textOf('table.json');
  const weighed = await runCommand(['weight', '10.0.0.1:80', '7', '--yes', '--write', 'e.rules', ...memory], {
    directory,
  });
  expect(weighed.status).toBe(3);
  expect(weighed.stderr).toContain('"e.rules" has bytes that are no UTF-8');
  expect(textOf('table.json')).toBe(before);
  for (const [name, bytes] of Object.entries(latin1)) expect(readFileSync(join(directory, name))).toEqual(bytes);
});
