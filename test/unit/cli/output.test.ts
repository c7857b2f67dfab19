/** Owns the proof that a text in pieces gets out whole, in few writes, and no further than to the first error. */

import { expect, test } from 'vitest';
import { type Output, writePieces } from '../../../src/cli/output.ts';

/** An output that keeps what it gets, and fails at a write if it is told to. */
function openOutput(failsAt = Infinity): { readonly output: Output; readonly written: (string | Uint8Array)[] } {
  const written: (string | Uint8Array)[] = [];
  const output: Output = {
    write(text, done) {
      written.push(text);
      done(written.length === failsAt ? new Error('no room') : null);
    },
  };
  return { output, written };
}

const pieces = Array.from({ length: 10_000 }, (_, index) => `line ${index}\n`);

test('pieces are put together', async () => {
  const { output, written } = openOutput();
  await writePieces(output, pieces);
  expect(written.join('')).toBe(pieces.join(''));
  expect(written.length).toBeGreaterThan(2);
  expect(written.length).toBeLessThan(10);
});

test('the first error ends it', async () => {
  const { output, written } = openOutput(2);
  await expect(writePieces(output, pieces)).rejects.toThrow('no room');
  expect(written).toHaveLength(2);
});

test.each([[['']], [[]], ['']])('nothing is nothing to write: %j', async (text) => {
  const { output, written } = openOutput();
  await writePieces(output, text);
  expect(written).toEqual([]);
});

test('a text and bytes go as they are', async () => {
  const { output, written } = openOutput();
  await writePieces(output, 'a');
  await writePieces(output, Uint8Array.of(255));
  expect(written).toEqual(['a', Uint8Array.of(255)]);
});
