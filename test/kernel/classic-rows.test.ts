/** Owns the proof that each named call does in the front end what it does in ipvsadm, and that rows.txt says so. */

import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classicRows, transcriptOf, wordsOf } from '../support/classic-rows.ts';
import { type ClassicPair, openClassicPair } from './support/classic-pair.ts';

/** With `TEST_RECORD=1` the rows are printed with the answers of this kernel, for rows.txt; nothing is compared with it. */
const recording = 'TEST_RECORD' in process.env;

let pair: ClassicPair;

beforeAll(async () => {
  pair = await openClassicPair();
});
afterAll(() => pair.close());

test.each(classicRows)('$name', async ({ rules, calls, transcript }) => {
  await pair.reset(rules);
  let answered = '';
  for (const call of calls) {
    const { expected, actual } = await pair.compare(wordsOf(call));
    expect(actual).toStrictEqual(expected);
    answered += transcriptOf(call, expected);
  }
  if (recording) console.log(answered);
  // The kernel's order of services depends on where their namespace is in its memory.
  const kept = recording || transcript.includes('--nosort') ? answered : transcript;
  expect(answered).toBe(kept);
});
