/** Owns directories that are gone when this process is, also if it is interrupted. */

import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** @type {string[]} */
const directories = [];

process.on('exit', () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

// Unless it is asked for, Node ends without a word to those that listen for its exit.
for (const signal of /** @type {const} */ (['SIGHUP', 'SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/**
 * Makes a directory that nobody else has.
 *
 * @param {string} purpose part of its name
 */
export function temporaryDirectory(purpose) {
  const directory = mkdtempSync(join(tmpdir(), `ipvstx-${purpose}-`));
  directories.push(directory);
  return directory;
}
