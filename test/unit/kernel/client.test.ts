import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { KernelFault } from '../../../src/apply/port.ts';
import { type Client, connect } from '../../../src/kernel/client.ts';
import { portOf } from '../../../src/kernel/netlink-port.ts';
import { commands } from '../../../src/wire/tables/command.ts';
import { messageTypes } from '../../../src/wire/message.ts';
import type { Request } from '../../../src/wire/request.ts';
import { type Answer, done, fakeKernel, reply, status } from '../../support/fake-kernel.ts';
import { deleteService, newService, tcp } from '../../support/operation.ts';

const timeoutMs = 10_000;
const silent: Answer = () => [];
const flush: Request = { kind: 'flush' };

/** A client of a kernel that answers like this. */
async function connected(
  answer: Answer,
  { family = { id: 28 }, timeoutMs = 10_000, receiveBufferSize = 212_992 } = {},
) {
  const kernel = fakeKernel(answer, family, receiveBufferSize);
  const client = await connect(kernel.openSocket, timeoutMs);
  onTestFinished(() => client.close());
  kernel.sends.length = 0;
  return { kernel, client };
}

function fault(kind: string) {
  return expect.objectContaining({ constructor: KernelFault, kind });
}

/** Lets everything happen that can happen by itself. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

async function dumped(client: Client): Promise<number> {
  let count = 0;
  await client.dump([{ kind: 'list-services' }], () => count++);
  return count;
}

describe('a connection', () => {
  test('is refused by a kernel without IPVS, and leaves no socket behind', async () => {
    const kernel = fakeKernel(silent, { id: 0 });
    await expect(connect(kernel.openSocket, timeoutMs)).rejects.toEqual(fault('unavailable'));
    expect(kernel.open).toBe(0);
  });

  test('is refused by a system without netlink', async () => {
    const openSocket = () => {
      throw new Error('EPROTONOSUPPORT');
    };
    await expect(connect(openSocket, timeoutMs)).rejects.toEqual(fault('unavailable'));
  });

  test.each([
    [212_992, 128],
    [65_536, 49],
    [425_984, 128],
    [2304, 1],
  ])('with a receive buffer of %i bytes takes batches of %i', async (receiveBufferSize, maxBatch) => {
    const { client } = await connected(silent, { receiveBufferSize });
    expect(client.maxBatch).toBe(maxBatch);
  });
});

describe('a batch', () => {
  test('is one send that ends with a barrier', async () => {
    const { kernel, client } = await connected(silent);
    expect(await client.send([flush, flush])).toEqual(new Map());
    expect(kernel.sends.map((requests) => requests.map(({ type }) => type))).toEqual([[28, 28, messageTypes.noop]]);
    expect(client.traffic).toEqual({ messages: 5, sends: 2, sockets: 1 });
  });

  test('names the refused requests by their places', async () => {
    const errnos: Record<number, number> = { [commands.newService]: 17, [commands.deleteService]: 3 };
    const { client } = await connected(({ command, sequence }) => [status(sequence, errnos[command] ?? 0)]);
    const requests = [newService(tcp('10.0.0.1')), { kind: 'flush' } as const, deleteService(tcp('10.0.0.1'))];
    expect(await client.send(requests)).toEqual(
      new Map([
        [0, 'EEXIST'],
        [2, 'ESRCH'],
      ]),
    );
  });

  test('waits for the one before it', async () => {
    const { kernel, client } = await connected(silent);
    await Promise.all([client.send([flush]), client.send([flush, flush])]);
    expect(kernel.sends.map(({ length }) => length)).toEqual([2, 3]);
  });

  test('is denied as a whole without the capability', async () => {
    const { client } = await connected(({ sequence }) => [status(sequence, 1)]);
    await expect(client.send([flush])).rejects.toEqual(fault('denied'));
    await expect(dumped(client)).rejects.toEqual(fault('denied'));
  });

  test('does not take answers that belong to others', async () => {
    const { client } = await connected(({ sequence }) => [status(sequence - 7, 1), status(sequence + 70, 1)]);
    expect(await client.send([flush])).toEqual(new Map());
  });
});

describe('operations beyond a batch', () => {
  test('take as few sends as they can, and every refusal names its operation', async () => {
    const { kernel, client } = await connected(({ command, sequence }) =>
      command === commands.deleteService ? [status(sequence, 3)] : [],
    );
    const operations = Array.from({ length: 300 }, (_, index) =>
      (index === 150 ? deleteService : newService)(tcp('10.0.0.1', index)),
    );
    const refusals = await portOf(client).execute(operations);
    expect(refusals).toEqual([{ operation: operations[150], errno: 'ESRCH' }]);
    expect(kernel.sends.map(({ length }) => length - 1)).toEqual([128, 128, 44]);
    expect(await portOf(client).execute([])).toEqual([]);
    expect(kernel.sends).toHaveLength(3);
  });
});

describe('a stale id of the family', () => {
  const knowing =
    (family: { id: number }): Answer =>
    ({ type, sequence }) =>
      type === family.id ? [done(sequence)] : [status(sequence, 2)];

  test('is found out and asked for again', async () => {
    const family = { id: 28 };
    const { client } = await connected(knowing(family), { family });
    family.id = 29;
    expect(await client.send([flush, flush])).toEqual(new Map());
    family.id = 30;
    expect(await dumped(client)).toBe(0);
    family.id = 31;
    expect(await dumped(client)).toBe(0);
  });

  test('is not suspected when something is really missing', async () => {
    const { kernel, client } = await connected(({ sequence }) => [status(sequence, 2)]);
    expect(await client.send([flush])).toEqual(new Map([[0, 'ENOENT']]));
    expect(kernel.sends.map((requests) => requests.map(({ type }) => type))).toEqual([
      [28, messageTypes.noop],
      [messageTypes.controller, messageTypes.noop],
    ]);
  });

  test('may mean that the module is gone', async () => {
    const family = { id: 28 };
    const { client } = await connected(({ sequence }) => [status(sequence, 2)], { family });
    family.id = 0;
    await expect(client.send([flush])).rejects.toEqual(fault('unavailable'));
  });
});

describe('a dump', () => {
  test('ends at its end', async () => {
    const { kernel, client } = await connected(({ sequence }) => [reply(sequence), reply(sequence), done(sequence)]);
    expect(await dumped(client)).toBe(2);
    expect(await dumped(client)).toBe(2);
    expect(kernel.sends.map(([first]) => first?.type)).toEqual([28, 28]);
  });

  test('fails with the error at its end', async () => {
    const { client } = await connected(({ sequence }) => [reply(sequence), done(sequence, 16)]);
    await expect(dumped(client)).rejects.toEqual(fault('failed'));
    await expect(dumped(client)).rejects.toThrow('EBUSY');
  });

  test('of many lists goes over a few sockets, and each reply has the number of its request', async () => {
    const { kernel, client } = await connected(({ sequence }) => [reply(sequence), done(sequence)]);
    const indexes: number[] = [];
    const requests = Array.from({ length: 100 }, (): Request => ({ kind: 'list-services' }));
    await client.dump(requests, (_, index) => indexes.push(index));
    expect(indexes.toSorted((left, right) => left - right)).toEqual([...requests.keys()]);
    expect(kernel.open).toBe(5);
  });
});

describe('an answer that does not come', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    return () => vi.useRealTimers();
  });

  test('is given up after the timeout; the next exchange has a new socket', async () => {
    let answers = false;
    const { kernel, client } = await connected(({ sequence }) => (answers ? [done(sequence)] : []));
    const dump = dumped(client).catch((error: unknown) => error);
    await turns();
    expect(kernel.open).toBe(2);
    vi.advanceTimersByTime(timeoutMs);
    expect(await dump).toEqual(fault('lost'));
    expect(kernel.open).toBe(1);
    expect(vi.getTimerCount()).toBe(1);
    answers = true;
    expect(await dumped(client)).toBe(0);
    expect(client.traffic.sockets).toBe(3);
  });

  test('is waited for as long as something comes', async () => {
    let last = 0;
    const { kernel, client } = await connected(({ sequence }) => {
      last = sequence;
      return [];
    });
    const dump = dumped(client);
    await turns();
    for (let part = 0; part < 5; part++) {
      vi.advanceTimersByTime(timeoutMs / 2);
      kernel.deliver(reply(last));
    }
    kernel.deliver(done(last));
    expect(await dump).toBe(5);
  });
});

describe('what goes wrong at a socket', () => {
  test('an error event loses what is under way', async () => {
    const { kernel, client } = await connected(silent);
    const dump = dumped(client);
    await turns();
    kernel.fail(new Error('ENOBUFS'));
    await expect(dump).rejects.toEqual(fault('lost'));
    await expect(dump).rejects.toThrow('ENOBUFS');
    expect(kernel.open).toBe(0);
    expect(await client.send([flush])).toEqual(new Map());
  });

  test('a new socket takes the place of one for dumps', async () => {
    const { kernel, client } = await connected(({ sequence }) => [done(sequence)]);
    await dumped(client);
    kernel.fail(new Error('ENOBUFS'));
    kernel.sends.length = 0;
    await dumped(client);
    expect(kernel.sends.map(([first]) => first?.type)).toEqual([28]);
  });

  test('a send that throws', async () => {
    const { client } = await connected(() => {
      throw new Error('EMSGSIZE');
    });
    await expect(client.send([flush])).rejects.toEqual(fault('lost'));
  });

  test('a reader of replies that throws: its error, and nothing else, is what the caller gets', async () => {
    const { client } = await connected(({ sequence }) => [reply(sequence), done(sequence)]);
    const bug = new TypeError('a bug');
    const reader = () => {
      throw bug;
    };
    await expect(client.dump([{ kind: 'list-services' }], reader)).rejects.toBe(bug);
    expect(await dumped(client)).toBe(1);
  });

  test('closing gives up what is under way and all that follows', async () => {
    const { kernel, client } = await connected(silent);
    const dump = dumped(client);
    client.close();
    client.close();
    await expect(dump).rejects.toEqual(fault('lost'));
    await expect(client.send([flush])).rejects.toEqual(fault('lost'));
    expect(kernel.open).toBe(0);
  });
});

describe('questions', () => {
  test('take the reply before the barrier', async () => {
    const { client } = await connected(({ sequence }) => [reply(sequence)]);
    let replies = 0;
    await client.send([{ kind: 'get-timeouts' }], () => replies++);
    expect(replies).toBe(1);
  });

  test('that are refused fail with the errno', async () => {
    const { client } = await connected(({ command, sequence }) =>
      command === commands.getConfig ? [status(sequence, 95)] : [],
    );
    await expect(portOf(client).dump({ parts: ['timeouts'] })).rejects.toThrow('EOPNOTSUPP');
    await expect(portOf(client).info()).rejects.toEqual(fault('failed'));
  });
});
