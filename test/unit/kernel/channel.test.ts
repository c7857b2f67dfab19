import { expect, onTestFinished, test } from 'vitest';
import { Channel } from '../../../src/kernel/channel.ts';
import { writeFamilyRequest } from '../../../src/wire/request.ts';
import { fakeKernel, reply } from '../../support/fake-kernel.ts';
import { writeBarrier } from '../../../src/wire/message.ts';

test('sequence numbers go on at 0 behind the largest one', async () => {
  const kernel = fakeKernel(({ sequence }) => [reply(sequence)], { id: 28 });
  const traffic = { messages: 0, sends: 0, sockets: 0 };
  const channel = new Channel(kernel.openSocket, 10_000, traffic, 2 ** 32 - 2);
  onTestFinished(() => channel.close());
  const answered: number[] = [];
  for (let round = 0; round < 2; round++) {
    const status = await channel.exchange({
      count: 3,
      write: (writer, sequence, index) => {
        if (index < 2) writeFamilyRequest(writer, sequence);
        else writeBarrier(writer, sequence);
      },
      receive: (_, index) => answered.push(index),
    });
    expect(status).toBe(0);
  }
  expect(answered).toEqual([0, 1, 0, 1]);
  expect(kernel.sends.flat().map(({ sequence }) => sequence)).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1, 2, 3]);
  expect(traffic).toEqual({ messages: 6, sends: 2, sockets: 1 });
});
