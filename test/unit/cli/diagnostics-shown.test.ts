/** Owns the promise that everything which is said of a source is shown in a golden file, with the source. */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnosticDefinitions } from '../../../src/cli/diagnostic-registries.ts';
import { applyProblems } from '../../../src/apply/problems.ts';

const golden = join(import.meta.dirname, '../../golden');

/** What only a kernel can say of a source, or what takes a file of a megabyte to be said. */
const elsewhere = new Set([
  'unknown-scheduler',
  'unknown-engine',
  'no-such-interface',
  'unreachable-group',
  'refused-by-kernel',
  'long-line',
]);

test('every diagnostic of a source has a golden file', async () => {
  const shown = readdirSync(golden, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  const codes = Object.keys(await diagnosticDefinitions()).filter(
    (code) => !elsewhere.has(code) && !(code in applyProblems),
  );
  expect(codes.length).toBeGreaterThan(100);
  expect(codes.filter((code) => !shown.includes(`[${code}]`))).toEqual([]);
});
