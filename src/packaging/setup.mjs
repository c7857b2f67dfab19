/** Owns what must be on the machine before anything else runs: the npm packages, exactly as locked. */

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs a program that shows its output to whoever sees ours, and returns its exit status: 127 if it can't start. It is
 * stopped when we are.
 *
 * @param {string} command
 * @param {readonly string[]} words
 * @param {Record<string, string>} environment added to our own
 * @returns {Promise<number>}
 */
export function runVisibly(command, words, environment = {}) {
  const child = spawn(command, words, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = () => child.kill();
  process.once('exit', stop);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.once('close', (status, signal) => {
      process.removeListener('exit', stop);
      resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs npm, the one that runs us if one does, and returns its exit status.
 *
 * @param {readonly string[]} words
 */
export function runNpm(words) {
  const npm = process.env['npm_execpath'];
  return npm === undefined ? runVisibly('npm', words) : runVisibly(process.execPath, [npm, ...words]);
}

/** What decides whether installed packages are the right ones: the lock file and what compiled parts are made for. */
function wantedPackages() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** Installs the npm packages unless those of this lock file are there. Throws if npm fails. */
export async function installPackages() {
  const stamp = join(root, 'node_modules', '.ipvstx-installed');
  const wanted = wantedPackages();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the npm packages of package-lock.json');
  // Whatever NODE_ENV says: the bundler and the tests are development packages.
  const status = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) throw new Error(`npm ci ended with ${status}`);
  writeFileSync(stamp, wanted);
}
