import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Run, runCommand } from '../../support/run-command.ts';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
let scratch: string;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'ipvstx-examples-'));
});

afterEach(() => rmSync(scratch, { recursive: true }));

/** Runs a command on a memory kernel of this test. */
function run(words: readonly string[], stdin?: string): Promise<Run> {
  const kernel = ['--kernel', `memory:${join(scratch, 'kernel.json')}`];
  return runCommand([...words, ...kernel], { directory: examples, ...(stdin === undefined ? {} : { stdin }) });
}

const files = readdirSync(examples).filter((name) => name.endsWith('.rules'));

test('there are examples', () => {
  expect(files.length).toBeGreaterThanOrEqual(6);
});

test.each(files)('%s is checked, planned, applied, saved and restored', async (file) => {
  const check = await run(['check', '--strict', file]);
  expect(check).toMatchObject({ status: 0, stdout: '' });
  expect(check.stderr).toMatch(/^[\w.-]+: \d+ services?, \d+ backends?\n$/);

  expect(await run(['plan', '--detailed-exitcode', file])).toMatchObject({ status: 2, stderr: '' });
  const apply = await run(['apply', '--yes', file]);
  expect(apply.stderr).toContain('applied and verified');
  expect(apply.status).toBe(0);
  expect(await run(['plan', '--detailed-exitcode', file])).toMatchObject({ status: 0, stderr: '' });

  const saved = await run(['save']);
  expect(saved).toMatchObject({ status: 0, stderr: '' });
  expect(await run(['apply', '--yes', '--allow-empty', 'empty'])).toMatchObject({ status: 0 });
  expect(await run(['restore'], saved.stdout)).toMatchObject({ status: 0 });
  expect((await run(['save'])).stdout).toBe(saved.stdout);
  expect(await run(['diff', '--exit-code', file, 'live'])).toMatchObject({ status: 0, stderr: '' });
});
