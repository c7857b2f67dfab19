/** Owns how a program's time is taken: whole processes, in turn, the median of several. */

import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

/**
 * One comparison: seconds each, and the most that the ratio may be, unless it is there to judge such limits by.
 *
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} own
 * @property {number} reference
 * @property {number} [limit]
 * @property {string} [unit] of both; seconds if it is absent
 */

/**
 * A program and the files that its standard input comes from and its output goes to.
 *
 * @typedef {object} Timed
 * @property {string} command
 * @property {readonly string[]} words
 * @property {string} [input]
 * @property {Readonly<Record<string, string>>} [environment] added to our own
 */

/** @param {readonly number[]} values an odd number of them */
export function median(values) {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

/**
 * Runs a program to its end and returns the seconds that it took. Throws if it fails.
 *
 * @param {Timed} timed
 */
export function secondsOf({ command, words, input = '/dev/null', environment = {} }) {
  const [stdin, stdout] = [openSync(input, 'r'), openSync('/dev/null', 'w')];
  try {
    const start = performance.now();
    const env = { ...process.env, ...environment };
    const { status, stderr, error } = spawnSync(command, words, {
      stdio: [stdin, stdout, 'pipe'],
      encoding: 'utf8',
      env,
    });
    const seconds = (performance.now() - start) / 1000;
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${[command, ...words].join(' ')} ended with ${status}: ${stderr}`);
    return seconds;
  } finally {
    closeSync(stdin);
    closeSync(stdout);
  }
}

/**
 * Takes the times of two programs in turn, so that a machine that slows down slows both, and compares their medians.
 *
 * @param {{ name: string, limit?: number, rounds: number, own: () => number, reference: () => number }} comparison
 * @returns {Figure}
 */
export function compare({ name, limit, rounds, own, reference }) {
  const times = Array.from({ length: rounds }, () => ({ reference: reference(), own: own() }));
  return {
    name,
    own: median(times.map((time) => time.own)),
    reference: median(times.map((time) => time.reference)),
    ...(limit !== undefined && { limit }),
  };
}
