/**
 * Owns `npm run bench`: the program's times beside those of the real ipvsadm and of Node itself, as ratios, with the
 * limits that they shall keep. `-- --json` prints them as JSON. The exit status is 1 if a limit is exceeded.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { bundle, program } from '../../src/packaging/build.mjs';
import { root } from '../../src/packaging/setup.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { missingPackages, runInKernel, withOwnBuild } from '../kernel/boot.mjs';
import { configuration } from './configuration.mjs';
import { compare, median, secondsOf } from './measure.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */

const rounds = 5;

/** Lines a second, at least. */
const parsingLimit = 100_000;

/**
 * Inside the test kernel: what the kernel has a part in.
 *
 * @param {string} directory with the build in it
 * @returns {Promise<readonly Figure[]>}
 */
async function figuresOfKernel(directory) {
  execFileSync('cc', ['-O2', '-Wall', '-Werror', '-o', join(directory, 'floor'), join(root, 'test/bench/floor.c')]);
  const status = await runInKernel({
    command: [...withOwnBuild, process.execPath, 'test/bench/inside.mjs'],
    cwd: root,
    directory,
    seconds: 1200,
    onOutput: (text) => process.stderr.write(text),
  });
  if (status !== 0) throw new Error('the benchmark inside the kernel failed');
  return JSON.parse(readFileSync(join(directory, 'figures.json'), 'utf8'));
}

/**
 * @param {string} build
 * @returns {Figure}
 */
function figureOfStart(build) {
  const node = process.execPath;
  return compare({
    name: 'ipvstx version, over node -e 0',
    limit: 1.6,
    rounds: 21,
    own: () => secondsOf({ command: node, words: [join(build, 'ipvstx.js'), 'version'] }),
    reference: () => secondsOf({ command: node, words: ['-e', '0'] }),
  });
}

/**
 * Configurations of 50,000 and of 500,000 rules: an absolute limit for the small one, and ten times its time for the
 * large one.
 *
 * @param {string} build
 * @param {string} directory
 * @returns {readonly Figure[]}
 */
function figuresOfConfiguration(build, directory) {
  /** @param {number} services */
  const compiling = (services) => {
    const file = join(directory, `${services}.ipvs`);
    writeFileSync(file, configuration(services));
    const words = [join(build, 'ipvstx.js'), 'compile', '--to', 'json', file];
    return () => secondsOf({ command: process.execPath, words });
  };
  const [small, large] = [compiling(5000), compiling(50_000)];
  return [
    compare({
      name: 'compile a configuration of 50,000 rules, over 1 s',
      limit: 1.5,
      rounds,
      own: small,
      reference: () => 1,
    }),
    compare({
      name: 'compile a configuration of 500,000 rules, over 10 times one of 50,000',
      limit: 1.3,
      rounds: 3,
      own: large,
      reference: () => 10 * small(),
    }),
  ];
}

/**
 * Lines a second.
 *
 * @param {string} script
 * @param {string} work
 */
function speedOf(script, work) {
  const speeds = Array.from({ length: rounds }, () => Number(execFileSync(process.execPath, [script, work])));
  return Math.round(median(speeds));
}

/** @param {Figure} figure */
function line({ name, own, reference, limit }) {
  const ratio = own / reference;
  const verdict = ratio <= limit ? 'kept' : 'EXCEEDED';
  const times = `${own.toFixed(3)} s / ${reference.toFixed(3)} s`;
  return `${ratio.toFixed(2).padStart(6)}  of at most ${limit.toFixed(2)} ${verdict}  ${name} (${times})`;
}

async function main() {
  const missing = missingPackages();
  if (missing.length > 0) throw new Error(`install ${missing.join(' ')} first`);
  const directory = temporaryDirectory('bench');
  const build = join(directory, 'dist');
  await bundle(program, build);
  await bundle({ batches: 'test/bench/batches.ts' }, join(build, 'agent'));
  await bundle({ parsing: 'test/bench/parsing.ts' }, join(directory, 'parsing'));
  const script = join(directory, 'parsing', 'parsing.js');
  const linesPerSecond = { parse: speedOf(script, 'parse'), compile: speedOf(script, 'compile') };
  const figures = [
    figureOfStart(build),
    ...figuresOfConfiguration(build, directory),
    ...(await figuresOfKernel(directory)),
  ];
  const isKept =
    linesPerSecond.parse >= parsingLimit && figures.every(({ own, reference, limit }) => own / reference <= limit);
  const text = [
    ...figures.map(line),
    `Rule lines a second: ${linesPerSecond.parse} parsed (at least ${parsingLimit}), ${linesPerSecond.compile} to a table`,
  ];
  console.log(process.argv.includes('--json') ? JSON.stringify({ figures, linesPerSecond }) : text.join('\n'));
  return isKept ? 0 : 1;
}

process.exitCode = await main();
