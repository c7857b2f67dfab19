/** Owns the proof that compiled code is taken only for the text that it was made from, and only if it is whole. */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import loading from '../../../src/packaging/loader.cjs';
import { temporaryDirectory } from '../../support/temporary-directory.mjs';

const textOf = (answer: number): string => `(function (exports) { exports.answer = () => ${answer}; })\n`;

let directory: string;
let file: string;
let compiled: string;

const answer = (): number => {
  const { load } = loading.loaderOf(loading.filesIn(directory), createRequire(import.meta.url));
  return (load('main.js') as { answer: () => number }).answer();
};

beforeEach(() => {
  directory = temporaryDirectory('loader');
  file = join(directory, 'main.js');
  compiled = `${file}.compiled`;
  writeFileSync(file, textOf(41));
  const loader = loading.loaderOf(loading.filesIn(directory), createRequire(import.meta.url));
  loader.load('main.js');
  for (const [path, code] of loader.compiled()) writeFileSync(path, code);
});

test('a file runs with its compiled code, and without', () => {
  expect(answer()).toBe(41);
  writeFileSync(compiled, '');
  expect(answer()).toBe(41);
});

test('another text of the same length is what runs', () => {
  writeFileSync(file, textOf(42));
  expect(answer()).toBe(42);
});

test('damaged code is left alone, wherever the damage is', () => {
  const whole = readFileSync(compiled);
  const padding = [textOf(41).length, Math.ceil(textOf(41).length / 8) * 8] as const;
  for (let at = 0; at < whole.length; at += 7) {
    if (at >= padding[0] && at < padding[1]) continue;
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0x40, at);
    writeFileSync(compiled, damaged);
    expect(answer()).toBe(41);
  }
  for (const length of [1, 7, 8, 9, whole.length - 1]) {
    writeFileSync(compiled, whole.subarray(0, length));
    expect(answer()).toBe(41);
  }
});
