/** Owns how many tests passed and failed, read from what vitest's JSON reporter wrote. */

import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * What is used here of vitest's report.
 *
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {readonly { status: string; assertionResults: readonly { status: string }[] }[]} testResults
 */

/**
 * Nothing has run yet.
 *
 * @type {Counts}
 */
export const noTests = { passed: 0, failed: 0 };

/**
 * What failed was more than a test: a run without tests, a crash, a check.
 *
 * @type {Counts}
 */
export const oneFailed = { passed: 0, failed: 1 };

/**
 * Two runs together.
 *
 * @param {Counts} left
 * @param {Counts} right
 * @returns {Counts}
 */
export function addCounts(left, right) {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed };
}

/**
 * The counts of one run of vitest that wrote `path` and ended with `status` (undefined: it was killed). A file that does
 * not load is a failure, and so is a run without a test, or one that ends badly although every test passed.
 *
 * @param {string} path
 * @param {number | undefined} status
 * @returns {Counts}
 */
export function readCounts(path, status) {
  if (!existsSync(path)) return oneFailed;
  /** @type {Report} */
  const { numPassedTests: passed, testResults } = JSON.parse(readFileSync(path, 'utf8'));
  let failed = 0;
  for (const file of testResults) {
    const failedTests = file.assertionResults.filter((test) => test.status === 'failed').length;
    failed += file.status === 'failed' ? Math.max(failedTests, 1) : failedTests;
  }
  const isBad = status !== 0 || passed === 0;
  return { passed, failed: isBad ? Math.max(failed, 1) : failed };
}
