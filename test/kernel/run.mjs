/**
 * Owns `npm run test:kernel`: vitest inside the test kernel.
 *
 *     npm run test:kernel                                       all of test/kernel, in as many kernels as processors
 *     npm run test:kernel -- test/kernel/smoke.test.ts -t reads  what vitest's words select, in one kernel
 *     npm run test:kernel -- test/boot                          the tests that boot kernels of their own
 */

import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { bundle, program } from '../../src/packaging/build.mjs';
import { root } from '../../src/packaging/setup.mjs';
import { addCounts, noTests, readCounts } from '../support/counts.mjs';
import { runVitestHere } from '../support/run-vitest.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { missingPackages, runInKernel, withOwnBuild } from './boot.mjs';

/** @typedef {import('../support/counts.mjs').Counts} Counts */
/** Programs that tests start. */
const agents = {
  'port-agent': 'test/kernel/support/port-agent.ts',
  'crash-agent': 'test/kernel/support/crash-agent.ts',
  'kept-agent': 'test/kernel/support/kept-agent.ts',
  'throwing-handlers': 'test/kernel/support/throwing-handlers.ts',
};

/** @typedef {(onOutput: (text: string) => void) => Promise<Counts>} Run */

/** What tests take their size from: `TEST_…`. Nothing else of the caller's environment gets in. */
const sizes = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('TEST_')));

/** Without a person at a console, but perhaps with one who sees what is passed on. */
const environment = { CI: 'true', ...sizes, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };

/**
 * One kernel with one run of vitest in it.
 *
 * @param {readonly string[]} words vitest's own
 * @param {(text: string) => void} onOutput
 */
async function runVitest(words, onOutput) {
  const directory = temporaryDirectory('kernel');
  const build = join(directory, 'dist');
  await bundle(program, build);
  await bundle(agents, join(build, 'agent'));
  const status = await runInKernel({
    command: [
      ...withOwnBuild,
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=test/kernel/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=/run/job/results.json',
      ...words,
    ],
    cwd: root,
    environment,
    directory,
    seconds: 4500,
    onOutput,
  });
  if (status === undefined) onOutput('The test kernel stopped before the tests did.\n');
  return readCounts(join(directory, 'results.json'), status);
}

/**
 * Starts all runs and lets each print only when those before it have ended.
 *
 * @param {readonly Run[]} runs
 */
function sideBySide(runs) {
  const outputs = runs.map(() => ({ text: '', isComplete: false }));
  const print = () => {
    for (const output of outputs) {
      process.stdout.write(output.text);
      output.text = '';
      if (!output.isComplete) return;
    }
  };
  return Promise.all(
    runs.map(async (run, index) => {
      const output = outputs[index] ?? { text: '', isComplete: false };
      const counts = await run((text) => {
        output.text += text;
        print();
      });
      output.isComplete = true;
      print();
      return counts;
    }),
  );
}

/** The test files, dealt to as many kernels as can run at once, the large ones first. */
function deal() {
  const files = readdirSync(join(root, 'test/kernel'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('test/kernel', file))
    .sort((left, right) => statSync(join(root, right)).size - statSync(join(root, left)).size);
  const kernels = Math.min(2, availableParallelism(), files.length);
  return Array.from({ length: kernels }, (_, kernel) => files.filter((_, index) => index % kernels === kernel));
}

/**
 * The tests under test/boot, which boot their own kernels.
 *
 * @param {readonly string[]} [words]
 */
function runBoots(words) {
  return runVitestHere('test/boot/vitest.config.ts', words);
}

/**
 * Runs what vitest's words select, or everything, and returns the counts. A kernel that dies counts as a failed test.
 *
 * @param {readonly string[]} words
 */
export async function runKernelTests(words) {
  if (words.some((word) => word.startsWith('test/boot'))) return runBoots(words);
  const lists = words.length === 0 ? deal() : [words];
  const counts = await sideBySide(lists.map((list) => (onOutput) => runVitest(list, onOutput)));
  const inside = counts.reduce(addCounts, noTests);
  return words.length === 0 ? addCounts(inside, await runBoots()) : inside;
}

/** What to say where the kernel is not installed; undefined where it is. */
export function howToInstall() {
  const packages = missingPackages();
  if (packages.length === 0) return undefined;
  return `the tests on a real kernel need\n    apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const advice = howToInstall();
  if (advice !== undefined) console.error(advice);
  const { passed, failed } = advice === undefined ? await runKernelTests(process.argv.slice(2)) : noTests;
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
