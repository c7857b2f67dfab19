/** Owns the proof that the config files under examples/ say what they seem to, on a kernel in memory. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Run, runCommand } from '../../support/run-command.ts';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-examples-'));
});

afterEach(() => rmSync(scratch, { recursive: true }));

/** Runs a command on a memory kernel of this test. */
function run(words: readonly string[], stdin?: string): Promise<Run> {
  const kernel = ['--kernel', `memory:${join(scratch, 'kernel.json')}`, '--state-dir', join(scratch, 'state')];
  return runCommand([...words, ...kernel], { directory: examples, ...(stdin === undefined ? {} : { stdin }) });
}

const tour = readdirSync(join(examples, 'tour')).filter((name) => name.endsWith('.ipvs'));
const files = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ipvs'));

test('the tour begins with ten lines and ends with two sites', () => {
  expect(tour.length).toBeGreaterThanOrEqual(12);
  expect(tour.map((name) => name.slice(0, 2))).toEqual(tour.map((_, index) => String(index + 1).padStart(2, '0')));
});

test('every file is formatted', async () => {
  expect(await run(['fmt', '--check', ...files])).toEqual({ status: 0, stdout: '', stderr: '' });
});

const sources = [
  'shop.ipvs',
  ...tour.map((name) => `tour/${name}`),
  'two-sites/edge.ipvs --site fra1',
  'two-sites/edge.ipvs --site ams1',
];

describe.each(sources)('%s', (source) => {
  const words = source.split(' ');

  test('is checked, planned and applied', async () => {
    const check = await run(['check', '--strict', ...words]);
    expect(check).toMatchObject({ status: 0, stdout: '' });
    expect(check.stderr).toMatch(/^[\w./-]+: \d+ services?, \d+ backends?\n$/);
    expect(await run(['plan', '--detailed-exitcode', ...words])).toMatchObject({ status: 2, stderr: '' });
    expect(await run(['apply', '--yes', ...words])).toMatchObject({ status: 0 });
    expect(await run(['plan', '--detailed-exitcode', ...words])).toMatchObject({ status: 0, stderr: '' });
  });

  test('is the same table when it is written as a configuration again', async () => {
    const { stdout } = await run(['compile', '--to', 'config', ...words]);
    const rules = await run(['compile', ...words]);
    const again = await run(['compile', '--input-format', 'config', '-'], stdout);
    expect(again).toMatchObject({ status: 0, stdout: rules.stdout });
  });
});

test('a plan names the command that would apply it, with its site and variables', async () => {
  const words = ['two-sites/edge.ipvs', '--site', 'fra1', '-D', 'OLD=7', '-D', 'MAIL={ 203.0.113.25 }'];
  const { stdout } = await run(['plan', ...words]);
  expect(stdout).toContain(`ipvstx apply two-sites/edge.ipvs --site fra1 -D OLD=7 -D 'MAIL={ 203.0.113.25 }' --kernel`);
});
