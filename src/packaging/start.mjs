/**
 * Owns `npm start`: installs, builds, and does the program's main job on the files under `examples/`, command by command.
 *
 *     npm start                     on kernels in memory, whose tables files in a temporary directory keep
 *     npm start -- --kernel live    on the kernel of this machine, if it has no services yet, and leaves it as it was
 */

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { bundle, program } from './build.mjs';
import { installPackages, root, runVisibly } from './setup.mjs';

/** Where the program is, from the repository's root, where the commands run. */
const ipvstx = 'dist/ipvstx.js';

/**
 * Shows a command as a person would type it, runs it, and throws if it fails.
 *
 * @param {readonly string[]} words
 */
async function show(words) {
  console.log(`\n$ ${[ipvstx, ...words].join(' ')}`);
  const status = await runVisibly(process.execPath, [ipvstx, ...words]);
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}`);
}

/**
 * The main job on one file. The second plan must find nothing to do.
 *
 * @param {string} file
 * @param {string} kernel
 */
async function runExample(file, kernel) {
  const on = ['--kernel', kernel];
  await show(['check', file]);
  await show(['plan', file, ...on]);
  await show(['apply', file, '--yes', ...on]);
  await show(['plan', file, '--detailed-exitcode', ...on]);
  await show(['save', ...on]);
}

/**
 * On the live kernel. An example replaces the whole table, so one that balances somebody's traffic is left alone.
 *
 * @param {readonly string[]} files
 * @param {string} directory
 */
async function runLive(files, directory) {
  const before = join(directory, 'before.json');
  await show(['save', '--format', 'json', '-o', before, '--kernel', 'live']);
  const { services } = JSON.parse(readFileSync(before, 'utf8'));
  if (services.length > 0) throw new Error('this kernel has services, which the examples would replace');
  try {
    for (const file of files) await runExample(file, 'live');
  } finally {
    await show(['restore', `snapshot:${before}`, '--allow-empty', '--kernel', 'live']);
  }
}

const directory = mkdtempSync(join(tmpdir(), 'ipvstx-start-'));
try {
  const { values } = parseArgs({ options: { kernel: { type: 'string', default: 'memory' } } });
  if (values.kernel !== 'memory' && values.kernel !== 'live') throw new Error('--kernel is memory or live');
  await installPackages();
  await bundle(program);
  const files = readdirSync(join(root, 'examples'))
    .filter((name) => /\.(rules|ipvs)$/.test(name))
    .sort()
    .map((name) => `examples/${name}`);
  if (files.length === 0) throw new Error('there are no files under examples/');
  if (values.kernel === 'live') await runLive(files, directory);
  else for (const file of files) await runExample(file, `memory:${join(directory, parse(file).name)}.json`);
} catch (error) {
  console.error(`npm start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
