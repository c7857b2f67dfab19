/** Owns the proof, as a process of its own, that no handler can abort it: prints what it lived through. */

import process from 'node:process';
import { openSocket } from '../../../src/kernel/socket.ts';
import { ByteWriter } from '../../../src/wire/bytes.ts';
import { writeBarrier } from '../../../src/wire/message.ts';

process.on('uncaughtException', ({ message }) => console.log(`uncaught: ${message}`));

const barrier = new ByteWriter(16);
writeBarrier(barrier, 1);

/** Sends a barrier, whose answer is handled like this; then one that is answered well, over a second socket. */
async function survive(name: string, receive: () => void): Promise<void> {
  const socket = openSocket({ receive, fail: () => undefined });
  socket.send(barrier.written());
  await new Promise<void>((resolve) => {
    const next = openSocket({ receive: () => resolve(), fail: () => undefined });
    next.send(barrier.written());
  });
  console.log(`alive behind ${name}`);
}

const thrown = (text: string) => () => {
  throw new Error(text);
};

await survive('a handler', thrown('in a handler'));
await survive('a tick', () => process.nextTick(thrown('in a tick')));
await survive('a microtask', () => queueMicrotask(thrown('in a microtask')));
await survive('a rejection', () => void Promise.reject(new Error('in a promise')));

// More than a kernel takes at once: the package says so in a callback of the send.
await new Promise<void>((resolve) => {
  const socket = openSocket({
    receive: () => undefined,
    fail: (error) => {
      console.log('code' in error ? error.code : error.message);
      resolve();
      throw new Error('in the handler of a failure');
    },
  });
  socket.send(new Uint8Array(1 << 20));
});
console.log('alive behind a failure');
process.exit(0);
