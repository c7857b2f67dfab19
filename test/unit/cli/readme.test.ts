import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitStatuses } from '../../../src/cli/exit.ts';
import { readResults, surroundingsOf, tableOf } from '../../bench/results.mjs';
import { runCommand } from '../../support/run-command.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-readme-'));
  cpSync(join(root, 'test/golden/readme'), scratch, { recursive: true });
});

afterEach(() => rmSync(scratch, { recursive: true }));

/** The indented lines of the manual, without their indentation. */
const code = readme
  .split('\n')
  .filter((line) => line.startsWith('    ') || line === '')
  .map((line) => line.slice(4))
  .join('\n');

test('its two commands stand first, and are there', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const names = Array.from(code.trimStart().matchAll(/^npm (\w+) /gm), ([, name]) => name);
  expect(names).toEqual(['start', 'test']);
  expect(scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) });
});

test('what its sessions show is what happens', async () => {
  const lab = ['--kernel', 'memory:lab.json'];
  expect(await runCommand(['restore', 'today.rules', ...lab], { directory: scratch })).toMatchObject({ status: 0 });
  const sessions = code.split(/^\$ ipvstx /m).slice(1);
  expect(sessions.length).toBeGreaterThan(3);
  for (const session of sessions) {
    const [line = '', ...answer] = session.split('\n');
    const { stdout, stderr } = await runCommand(line.split(' '), { directory: scratch });
    expect(`${stdout}${stderr}`.trim()).toBe(answer.join('\n').trim());
  }
});

test('it shows the file that the sessions use', () => {
  expect(code).toContain(readFileSync(join(root, 'test/golden/readme/site.rules'), 'utf8'));
});

test('every command that it names runs, one behind the other', { timeout: 60_000 }, async () => {
  const named = Array.from(code.matchAll(/^ipvstx ([^#\n]+)/gm), ([, words = '']) => words.trim().split(' '));
  expect(named.length).toBeGreaterThan(12);
  for (const name of ['old.rules', 'new.rules']) cpSync(join(scratch, 'site.rules'), join(scratch, name));
  writeFileSync(join(scratch, 'site.ipvs'), 'own   all\n');
  for (const words of named) {
    // A real kernel's tests have the front end; everything else has a kernel in memory, and nobody to ask.
    if (words[0] === 'ipvsadm') continue;
    const agreed = words[0] === 'apply' || words[0] === 'weight' ? ['--yes'] : [];
    const lab = ['--kernel', 'memory:lab.json', '--state-dir', join(scratch, 'state')];
    const { status, stderr } = await runCommand([...words, ...agreed, ...lab], { directory: scratch });
    expect({ words, status, stderr }).toEqual({ words, status: 0, stderr });
  }
});

test('its figures are those of the last benchmark that was kept', () => {
  const results = readResults();
  expect(readme).toContain(`\n\n${tableOf(results.figures)}\n\n${surroundingsOf(results)}\n`);
  expect(results.figures.length).toBeGreaterThan(15);
});

test('its exit codes are those of the program', () => {
  const rows = Array.from(readme.matchAll(/^\| (\d+) \| (.*) \|$/gm), ([, code, meaning]) => ({
    code: Number(code),
    meaning,
  }));
  expect(rows).toEqual(Object.values(exitStatuses));
});
