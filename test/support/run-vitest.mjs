/** Owns a run of vitest on this machine: it prints as it goes, and is counted. */

import { join } from 'node:path';
import process from 'node:process';
import { root, runVisibly } from '../../src/packaging/setup.mjs';
import { readCounts } from './counts.mjs';
import { temporaryDirectory } from './temporary-directory.mjs';

/**
 * Runs what a configuration selects, or what further words select of that.
 *
 * @param {string} config
 * @param {readonly string[]} [words]
 */
export async function runVitestHere(config, words = []) {
  const results = join(temporaryDirectory('test'), 'results.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
  const status = await runVisibly(process.execPath, [vitest, 'run', `--config=${config}`, ...reporters, ...words]);
  return readCounts(results, status);
}
