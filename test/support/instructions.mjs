/** Owns how the instructions of a program are counted, which no other program on the machine makes more. */

import { spawnSync } from 'node:child_process';
import process from 'node:process';

const counting = [
  'valgrind',
  '--tool=cachegrind',
  '--cache-sim=no',
  '--cachegrind-out-file=/dev/null',
  // V8 writes the code that it runs.
  '--smc-check=all-non-file',
  process.execPath,
];

/**
 * The instructions of a whole run of Node, its own start among them. They are the same from run to run but for a
 * hundredth, unless the run is so long that V8 optimizes, which it does when it gets to it.
 *
 * @param {readonly string[]} words
 * @returns {number}
 */
export function instructionsOf(words) {
  const [command = '', ...options] = counting;
  const { status, stderr, error } = spawnSync(command, [...options, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error !== undefined) throw error;
  const [, counted] = /I +refs: +([\d,]+)/.exec(stderr) ?? [];
  if (status !== 0 || counted === undefined) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return Number(counted.replaceAll(',', ''));
}
