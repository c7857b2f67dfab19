/**
 * Owns `npm run bench`: the program's times beside those of the real ipvsadm and of Node itself, as ratios, with the
 * limits that they shall keep. `-- --json` prints them as JSON, `-- --keep` puts them into results.json and into README.md.
 * The exit status is 1 if a limit is exceeded.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { bundle, program } from '../../src/packaging/build.mjs';
import { root } from '../../src/packaging/setup.mjs';
import { instructionsOf } from '../support/instructions.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { missingPackages, runInKernel, withOwnBuild } from '../kernel/boot.mjs';
import { configuration } from './configuration.mjs';
import { compare, median, secondsOf } from './measure.mjs';
import { resultsFile, surroundingsOf, tableOf } from './results.mjs';
import { rules } from './rules.mjs';

/** @typedef {import('./measure.mjs').Figure} Figure */
/** @typedef {import('./results.mjs').Results} Results */

const rounds = 5;

/** Lines a second, at least. */
const parsingLimit = 100_000;

/**
 * Inside the test kernel: what the kernel has a part in.
 *
 * @param {string} directory with the build in it
 * @returns {Promise<Pick<Results, 'figures' | 'versions'>>}
 */
async function figuresOfKernel(directory) {
  execFileSync('cc', ['-O2', '-Wall', '-Werror', '-o', join(directory, 'floor'), join(root, 'test/bench/floor.c')]);
  const status = await runInKernel({
    command: [...withOwnBuild, process.execPath, 'test/bench/inside.mjs'],
    cwd: root,
    directory,
    seconds: 3600,
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
    limit: 1.3,
    rounds: 21,
    own: () => secondsOf({ command: node, words: [join(build, 'ipvstx.js'), 'version'] }),
    reference: () => secondsOf({ command: node, words: ['-e', '0'] }),
  });
}

/**
 * What two starts cost in instructions, which carry over to other machines.
 *
 * @param {string} build
 * @param {string} directory
 * @returns {readonly Figure[]}
 */
function figuresOfInstructions(build, directory) {
  const file = join(directory, '10.rules');
  writeFileSync(file, rules(1, 9));
  const bare = instructionsOf(['-e', '0']) / 1e6;
  /** @param {string} name @param {number} limit @param {readonly string[]} words @returns {Figure} */
  const figure = (name, limit, words) => ({
    name: `instructions of ${name}, over node -e 0`,
    own: instructionsOf([join(build, 'ipvstx.js'), ...words]) / 1e6,
    reference: bare,
    limit,
    unit: 'million',
  });
  return [
    figure('ipvstx version', 1.3, ['version']),
    figure('plan of a file of 10 rules', 2.5, ['plan', file, '--kernel', 'memory']),
  ];
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
 * A rule file of a million lines, which takes no kernel: seconds, memory, and both against a tenth of it.
 *
 * @param {string} build
 * @param {string} directory
 * @returns {readonly Figure[]}
 */
function figuresOfMillion(build, directory) {
  const environment = { BENCH_PEAK: join(directory, 'peak') };
  /** @param {number} services with 15 backends each */
  const checking = (services) => {
    const file = join(directory, `${services}.rules`);
    writeFileSync(file, rules(services, 15));
    const words = ['-r', join(root, 'test/bench/peak.cjs'), join(build, 'ipvstx.js'), 'check', file];
    return () => {
      const seconds = secondsOf({ command: process.execPath, words, environment });
      return { seconds, gibibytes: Number(readFileSync(environment.BENCH_PEAK, 'utf8')) / 2 ** 20 };
    };
  };
  const [tenth, whole] = [checking(6250), checking(62_500)].map((check) => Array.from({ length: rounds }, check));
  /** @param {'seconds' | 'gibibytes'} what @param {typeof whole} runs */
  const medianOf = (what, runs = []) => median(runs.map((run) => run[what]));
  const name = 'check of a rule file of 1,000,000 lines';
  return [
    { name: `${name}, over 1 s`, own: medianOf('seconds', whole), reference: 1, limit: 12 },
    { name: `${name}, over 1 GiB`, own: medianOf('gibibytes', whole), reference: 1, limit: 1.5, unit: 'GiB' },
    {
      name: `${name}, over 10 times one of 100,000`,
      own: medianOf('seconds', whole),
      reference: 10 * medianOf('seconds', tenth),
      limit: 1.3,
    },
  ];
}

/**
 * Rule lines a second, beside the fewest that they may be.
 *
 * @param {string} script
 * @returns {Figure}
 */
function figureOfParsing(script) {
  const speeds = Array.from({ length: rounds }, () => Number(execFileSync(process.execPath, [script])));
  const name = `${parsingLimit.toLocaleString('en')} rule lines a second, over those that are parsed`;
  return { name, own: parsingLimit, reference: median(speeds), limit: 1, unit: 'lines/s' };
}

/** What the figures depend on. */
function machine() {
  return { processor: cpus()[0]?.model ?? 'an unknown processor', processors: `${availableParallelism()} of them` };
}

async function main() {
  const missing = missingPackages();
  if (missing.length > 0) throw new Error(`install ${missing.join(' ')} first`);
  const directory = temporaryDirectory('bench');
  const build = join(directory, 'dist');
  await bundle(program, build);
  await bundle({ batches: 'test/bench/batches.ts' }, join(build, 'agent'));
  await bundle({ parsing: 'test/bench/parsing.ts' }, join(directory, 'parsing'));
  const outside = [
    figureOfStart(build),
    ...figuresOfInstructions(build, directory),
    figureOfParsing(join(directory, 'parsing', 'parsing.js')),
    ...figuresOfConfiguration(build, directory),
    ...figuresOfMillion(build, directory),
  ];
  const inside = await figuresOfKernel(directory);
  /** @type {Results} */
  const results = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: { node: `Node.js ${process.version}`, ...inside.versions },
    figures: [...outside, ...inside.figures],
  };
  const json = `${JSON.stringify(results, undefined, 2)}\n`;
  if (process.argv.includes('--keep')) keep(results, json);
  console.log(process.argv.includes('--json') ? json : `${tableOf(results.figures)}\n\n${surroundingsOf(results)}`);
  return results.figures.every(({ own, reference, limit = Infinity }) => own / reference <= limit) ? 0 : 1;
}

/**
 * Puts results in the place of the last ones.
 *
 * @param {Results} results
 * @param {string} json
 */
function keep(results, json) {
  const readme = join(root, 'README.md');
  const before = readFileSync(readme, 'utf8');
  const shown = /\n\| what +\| ipvstx [^]*?\n\n(?=Taken on )[^\n]*\n/;
  if (!shown.test(before)) throw new Error('README.md has no place for the figures');
  writeFileSync(resultsFile, json);
  writeFileSync(
    readme,
    before.replace(shown, () => `\n${tableOf(results.figures)}\n\n${surroundingsOf(results)}\n`),
  );
}

process.exitCode = await main();
