/** Owns the proof that the memory kernel is like the kernel: the same operations, the same errno, the same table. */

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { KernelPort } from '../../src/apply/port.ts';
import { openMemory } from '../../src/kernel/memory.ts';
import type { DaemonSettings } from '../../src/model/daemon.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { Table } from '../../src/model/table.ts';
import { kernelDefaultTimeouts } from '../../src/model/timeouts.ts';
import { addressOf } from '../support/arbitrary.ts';
import { type NetworkInterface, loopbackEnvironment } from '../../src/simulate/environment.ts';
import { operations } from '../support/arbitrary-operation.ts';
import { newDestination, newService, real, startDaemon, stopDaemon, tcp } from '../support/operation.ts';
import { refusalCases } from '../support/refusal-cases.ts';
import { type Namespace, openNamespace } from './support/namespace.ts';

/** As a namespace is when it is new, but for the trash, which nobody can empty. */
const cleanUp: readonly Operation[] = [
  { kind: 'flush' },
  stopDaemon('master'),
  stopDaemon('backup'),
  { kind: 'set-timeouts', timeouts: kernelDefaultTimeouts },
];

let director: Namespace;
let kernel: KernelPort;

beforeAll(async () => {
  director = await openNamespace();
  kernel = await director.port();
});

afterAll(() => director.close());

/** What a port answered to each operation, and the table then; lists in their order, which equality of maps ignores. */
async function answersOf(port: KernelPort, operations: readonly Operation[]) {
  const errnos = new Map((await port.execute(operations)).map(({ operation, errno }) => [operation, errno]));
  const { table } = await port.dump();
  return {
    answers: operations.map((operation) => ({ errno: errnos.get(operation) ?? 'done', operation })),
    table,
    lists: listOrders(table),
  };
}

function listOrders({ services }: Table): Record<string, readonly string[]> {
  return Object.fromEntries(Array.from(services, ([id, { destinations }]) => [id, Array.from(destinations.keys())]));
}

/** What both did. */
async function expectEqual(operations: readonly Operation[]) {
  await kernel.execute(cleanUp);
  const real = await answersOf(kernel, operations);
  expect(await answersOf(await openMemory(), operations)).toEqual(real);
  return real;
}

test('both start with the same table', async () => {
  const other = await openNamespace();
  try {
    const port = await other.port();
    expect((await (await openMemory()).dump()).table).toEqual((await port.dump()).table);
  } finally {
    await other.close();
  }
});

test.each(refusalCases)('$name', async ({ before, operation, errno }) => {
  const { answers } = await expectEqual([...before, operation]);
  expect(answers.map(({ errno }) => errno)).toEqual([...before.map(() => 'done'), errno ?? 'done']);
});

test('random operations have the same answers and leave the same table', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(operations(100), async (operations) => {
      const { answers } = await expectEqual(operations);
      for (const { operation, errno } of answers) seen.add(`${operation.kind} ${errno}`);
    }),
    { seed: 20_260_101, numRuns: 120 },
  );
  // What the operations must have met, so that it is worth something that both agree.
  const met = {
    'new-service': 'done EEXIST EINVAL ENOENT',
    'set-service': 'done ESRCH EINVAL ENOENT',
    'delete-service': 'done ESRCH',
    'new-destination': 'done ESRCH EEXIST EINVAL ERANGE',
    'set-destination': 'done ESRCH ENOENT EINVAL ERANGE',
    'delete-destination': 'done ESRCH ENOENT',
    'set-timeouts': 'done EINVAL',
    'start-daemon': 'done EEXIST EINVAL ENODEV ENETUNREACH',
    'stop-daemon': 'done ESRCH',
    zero: 'done ESRCH',
    flush: 'done',
  };
  const expected = Object.entries(met).flatMap(([kind, answers]) =>
    answers.split(' ').map((answer) => `${kind} ${answer}`),
  );
  expect([...seen].sort()).toEqual(expected.sort());
});

test('a destination comes back from the trash though its address has become a broadcast address', async () => {
  const other = await openNamespace();
  onTestFinished(() => other.close());
  const ports = [await other.port(), await openMemory({ environment: { ...loopbackEnvironment, isBroadcast } })];
  let subnet = false;
  function isBroadcast(address: string): boolean {
    return subnet && address === '10.9.9.255';
  }
  const service = newService(tcp('192.0.2.1'));
  const back = newDestination(tcp('192.0.2.1'), real('10.9.9.255'));
  const stranger = newDestination(tcp('192.0.2.1'), real('10.9.9.255', 81));
  for (const port of ports) {
    expect(await port.execute([service, back, { kind: 'flush' }, service])).toEqual([]);
  }
  await other.run('ip', 'address add 10.9.9.1/24 broadcast 10.9.9.255 dev lo'.split(' '));
  subnet = true;
  for (const port of ports) {
    expect(await port.execute([back, stranger])).toEqual([{ operation: stranger, errno: 'EINVAL' }]);
  }
});

test('daemons run with the same settings on every interface', async () => {
  const other = await openNamespace();
  onTestFinished(() => other.close());
  const interfaces = new Map<string, NetworkInterface>([
    ['small', { mtu: 1400, multicast: ['ip', 'ip6'] }],
    ['jumbo', { mtu: 9000, multicast: ['ip', 'ip6'] }],
    ['asleep', { mtu: 1500, multicast: [] }],
  ]);
  const ip = async (words: string) => expect(await other.run('ip', words.split(' '))).toMatchObject({ status: 0 });
  for (const [name, { mtu, multicast }] of interfaces) {
    await ip(`link add ${name} mtu ${mtu} type dummy`);
    if (multicast.length === 0) continue;
    await ip(`link set ${name} up`);
    // Only from an address can it send to an IPv6 group, and without `nodad` a new address has to wait for seconds.
    await ip(`address add fd00::1/64 dev ${name} nodad`);
  }
  const settings: Partial<DaemonSettings>[] = [
    {},
    { group: addressOf('ff05::81') },
    { port: 0, ttl: 0, maxLength: 0, syncId: 300 },
    { maxLength: 1 },
    { maxLength: 65_535 },
  ];
  const environment = { ...loopbackEnvironment, interfaceOf: (name: string) => interfaces.get(name) };
  const [kernel, memory] = [await other.port(), await openMemory({ environment })];
  for (const name of interfaces.keys()) {
    for (const each of settings) {
      const starts = [
        startDaemon('master', { ...each, interface: name }),
        startDaemon('backup', { ...each, interface: name }),
      ];
      expect(await answersOf(memory, starts)).toEqual(await answersOf(kernel, starts));
      for (const port of [kernel, memory]) await port.execute([stopDaemon('master'), stopDaemon('backup')]);
    }
  }
});
