/** Owns the proof that the front end is ipvsadm: random command lines, the same ones for both programs. */

import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { classicLine } from '../support/classic-lines.ts';
import { type Comparison, openClassicPair } from './support/classic-pair.ts';

/**
 * More of them, and others, in a longer run:
 * `TEST_CLASSIC_LINES=50000 TEST_CLASSIC_SEED=7 npm run test:kernel -- test/kernel/classic-differential.test.ts`.
 */
const count = Number(process.env['TEST_CLASSIC_LINES'] ?? 5000);
const seed = Number(process.env['TEST_CLASSIC_SEED'] ?? 20_191_224);

test(`${count} random command lines with seed ${seed}`, { timeout: 1000 * count }, async () => {
  const pair = await openClassicPair();
  const differences: (Comparison & { readonly words: readonly string[] })[] = [];
  const statuses = new Map<number, number>();
  for (const words of fc.sample(classicLine, { seed, numRuns: count })) {
    const { expected, actual } = await pair.compare(words);
    statuses.set(expected.status, (statuses.get(expected.status) ?? 0) + 1);
    if (isDeepStrictEqual(actual, expected)) continue;
    differences.push({ words, expected, actual });
    if (differences.length === 5) break;
    // One difference must not be the cause of the next.
    await pair.reset();
  }
  await pair.close();
  expect(differences).toEqual([]);
  // Lines that all fail would prove little.
  expect(statuses.get(0)).toBeGreaterThan(count / 4);
});
