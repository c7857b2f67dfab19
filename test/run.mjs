/**
 * Owns `npm test`: installs what is missing, then runs every check and every test. The last line it prints is
 * `N passed, N failed`; the exit status is 0 only if something passed and nothing failed.
 */

import process from 'node:process';
import { installPackages, runNpm, runVisibly } from '../src/packaging/setup.mjs';
import { missingPackages } from './kernel/boot.mjs';
import { howToInstall, runKernelTests } from './kernel/run.mjs';
import { addCounts, noTests, oneFailed } from './support/counts.mjs';
import { runVitestHere } from './support/run-vitest.mjs';

/** @typedef {import('./support/counts.mjs').Counts} Counts */

/** @param {string} text */
function heading(text) {
  console.log(`\n== ${text}`);
}

/** Types, lint, format and unused code: what a reviewer must not have to look for. */
async function check() {
  heading('npm run check');
  return (await runNpm(['run', '--silent', 'check'])) === 0 ? noTests : oneFailed;
}

function testWithoutKernel() {
  heading('Tests without a kernel');
  return runVitestHere('test/vitest.config.ts');
}

/** Installs the Debian packages that the tests need, where that is possible without asking. */
async function installPrograms() {
  const isRoot = process.getuid?.() === 0;
  if (missingPackages().length === 0 || !isRoot) return;
  const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await runVisibly('apt-get', ['-qq', 'update'], quietly)) !== 0) return;
  const words = ['install', '-qq', '-y', '--no-install-recommends', ...missingPackages()];
  await runVisibly('apt-get', words, quietly);
}

async function testOnKernel() {
  heading('Tests on a real kernel');
  const advice = howToInstall();
  if (advice === undefined) return runKernelTests([]);
  console.error(`NOT RUN: ${advice}`);
  return process.env['CI'] === undefined ? noTests : oneFailed;
}

/**
 * A step that is no test counts only when it fails.
 *
 * @type {readonly (() => Promise<void | Counts>)[]}
 */
const steps = [installPackages, check, installPrograms, testWithoutKernel, testOnKernel];

let counts = noTests;
try {
  for (const step of steps) counts = addCounts(counts, (await step()) ?? noTests);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  counts = addCounts(counts, oneFailed);
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
