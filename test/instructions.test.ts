/** Owns the guard of what a start costs: in instructions, which a busy machine does not change. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundle, program } from '../src/packaging/build.mjs';
import { rules } from './bench/rules.mjs';
import { instructionsOf } from './support/instructions.mjs';
import { temporaryDirectory } from './support/temporary-directory.mjs';

const directory = temporaryDirectory('instructions');
const table = join(directory, 'table.rules');
let bare: number;

beforeAll(async () => {
  await bundle(program, directory);
  writeFileSync(table, rules(1, 9));
  bare = instructionsOf(['-e', '0']);
}, 240_000);

// As measured (1.04, 1.04, 1.25 and 1.28), and what a small change may add.
test.each([
  { words: ['version'], most: 1.08 },
  { words: ['ipvsadm', '-v'], most: 1.08 },
  { words: ['check', table], most: 1.32 },
  { words: ['plan', table, '--kernel', 'memory'], most: 1.35 },
])(
  '"$words.0" takes at most $most times the instructions of Node itself',
  ({ words, most }) => {
    const ratio = instructionsOf([join(directory, 'ipvstx.js'), ...words]) / bare;
    // Less than Node alone would mean that nothing was run.
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(most);
  },
  240_000,
);
