/** Owns the proof that a watched result is printed in one place on a terminal, one below the other elsewhere, and ends. */

import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createContext } from '../../../src/cli/context.ts';
import { noOptions } from '../../../src/cli/global-options.ts';
import { jsonText, watch } from '../../../src/cli/watch.ts';

const clear = '\u001B[H\u001B[J';

/** What three looks print; then a signal comes. */
async function watched(read: (look: number) => string, terminal: { isTTY?: true; rows?: number } = {}, json = false) {
  let printed = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      printed += chunk.toString();
      done();
    },
  });
  const stream = Object.assign(stdout, terminal);
  const host = { stdin: Readable.from([]), stdout: stream, stderr: stream, env: {}, directory: '/' };
  const context = createContext(host, { ...noOptions, json });
  const pauses: number[] = [];
  let look = 0;
  await watch(
    async () => read(++look),
    context,
    async (milliseconds) => {
      pauses.push(milliseconds);
      if (look === 3) process.emit('SIGTERM', 'SIGTERM');
    },
  );
  expect(pauses).toEqual([2000, 2000, 2000]);
  return printed;
}

test('a terminal shows each look in the same place', async () => {
  expect(await watched((look) => `look ${look}\n`, { isTTY: true })).toBe(
    `${clear}look 1\n${clear}look 2\n${clear}look 3\n`,
  );
});

test('what does not fit on a terminal is counted', async () => {
  const ten = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');
  const shown = await watched(() => ten, { isTTY: true, rows: 5 });
  expect(shown).toBe(`${clear}line 1\nline 2\nline 3\n(7 more lines)\n`.repeat(3));
  expect(await watched(() => ten, { isTTY: true, rows: 11 })).toBe(`${clear}${ten}`.repeat(3));
});

test('elsewhere an empty line is between two looks, and with --json none', async () => {
  expect(await watched((look) => `look ${look}\n`)).toBe('look 1\n\nlook 2\n\nlook 3\n');
  expect(await watched((look) => jsonText({ look }, true), {}, true)).toBe('{"look":1}\n{"look":2}\n{"look":3}\n');
});

test('signals end the process again afterwards', async () => {
  const before = process.listenerCount('SIGTERM');
  await watched(() => '');
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('a result that can not be read or written ends it', async () => {
  const before = process.listenerCount('SIGTERM');
  const host = { stdin: Readable.from([]), stdout: new Writable(), stderr: new Writable(), env: {}, directory: '/' };
  const failing = watch(() => Promise.reject(new Error('gone')), createContext(host, noOptions));
  await expect(failing).rejects.toThrow('gone');
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
