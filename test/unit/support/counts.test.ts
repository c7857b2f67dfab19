/** Owns the proof that no run that went wrong is counted as one that went well. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCounts } from '../../support/counts.mjs';
import { temporaryDirectory } from '../../support/temporary-directory.mjs';

/** A report of vitest about files, each with the states of its tests. */
function reportOf(files: readonly { readonly status: string; readonly tests: readonly string[] }[]): string {
  const path = join(temporaryDirectory('counts'), 'results.json');
  const numPassedTests = files.flatMap(({ tests }) => tests).filter((status) => status === 'passed').length;
  const testResults = files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((state) => ({ status: state })),
  }));
  writeFileSync(path, JSON.stringify({ numPassedTests, testResults }));
  return path;
}

test.each([
  ['all is well', [{ status: 'passed', tests: ['passed', 'passed'] }], 0, { passed: 2, failed: 0 }],
  ['tests fail', [{ status: 'failed', tests: ['passed', 'failed', 'failed'] }], 1, { passed: 1, failed: 2 }],
  ['a file does not load', [{ status: 'failed', tests: [] }], 1, { passed: 0, failed: 1 }],
  ['the run ends badly without a failed test', [{ status: 'passed', tests: ['passed'] }], 1, { passed: 1, failed: 1 }],
  ['the run is killed', [{ status: 'passed', tests: ['passed'] }], undefined, { passed: 1, failed: 1 }],
  ['no test is found', [], 0, { passed: 0, failed: 1 }],
] as const)('counts when %s', (_, files, status, counts) => {
  expect(readCounts(reportOf(files), status)).toEqual(counts);
});

test('a run that wrote no report is a failure', () => {
  expect(readCounts(join(temporaryDirectory('counts'), 'none.json'), 0)).toEqual({ passed: 0, failed: 1 });
});
