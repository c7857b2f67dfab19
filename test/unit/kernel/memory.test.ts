/** Owns the proof that the memory kernel is a kernel port, and that its file survives. */

import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openMemory } from '../../../src/kernel/memory.ts';
import { noCounters } from '../../../src/model/activity.ts';
import type { Daemon } from '../../../src/model/daemon.ts';
import { destinationId } from '../../../src/model/destination.ts';
import { serviceId } from '../../../src/model/service.ts';
import { type NetworkInterface, loopbackEnvironment } from '../../../src/simulate/environment.ts';
import { addressOf } from '../../support/arbitrary.ts';
import { newDestination, newService, real, scheduled, startDaemon, tcp, weighted } from '../../support/operation.ts';

const web = tcp('192.0.2.1');
const backend = real('10.0.0.1');

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'memory-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('it starts like a kernel that was just booted', async () => {
  const port = await openMemory();
  expect(await port.info()).toEqual({ version: '1.2.1', connectionTableSize: 4096 });
  expect(await port.dump()).toEqual({
    table: {
      services: new Map(),
      timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
      daemons: { master: 'stopped', backup: 'stopped' },
    },
    activity: new Map(),
  });
  port.close();
  port.close();
});

test('it goes on behind a refused operation and tells which one it was', async () => {
  const port = await openMemory();
  const batch = [newService(web), newService(web), newDestination(web, backend)];
  expect(await port.execute(batch)).toEqual([{ operation: batch[1], errno: 'EEXIST' }]);
  const { services } = (await port.dump()).table;
  expect([...(services.get(serviceId(web))?.destinations.keys() ?? [])]).toEqual([destinationId(backend)]);
});

test('what is read from it has no origin', async () => {
  const port = await openMemory();
  const origin = { source: { name: '-', text: '' }, start: 0, end: 0 };
  const daemon: Daemon = { role: 'master', settings: { interface: 'lo', syncId: 0 }, origin };
  await port.execute([
    { ...newService(web), origin },
    { ...newDestination(web, backend), origin },
    { kind: 'set-timeouts', timeouts: { tcp: 1, origin }, origin },
    { kind: 'start-daemon', daemon, origin },
  ]);
  const { services, timeouts, daemons } = (await port.dump()).table;
  expect(services.get(serviceId(web))).toEqual({
    key: web,
    settings: scheduled(),
    destinations: new Map([[destinationId(backend), { key: backend, settings: weighted() }]]),
  });
  expect(timeouts).toEqual({ tcp: 1, tcpFin: 120, udp: 300 });
  expect(daemons.master).not.toHaveProperty('origin');
});

test('a dump has the parts that were asked for', async () => {
  const port = await openMemory();
  await port.execute([newService(web), newService(tcp('192.0.2.2')), newDestination(web, backend)]);
  expect((await port.dump({ parts: ['timeouts'] })).table).toEqual({
    services: new Map(),
    timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
    daemons: {},
  });
  const one = await port.dump({ parts: ['services'], service: web, counters: true });
  expect([...one.table.services.keys()]).toEqual([serviceId(web)]);
  expect(one.table.timeouts).toEqual({});
  expect(one.activity.get(serviceId(web))).toMatchObject({
    counters: { connections: 0n },
    destinations: new Map([[destinationId(backend), { active: 0, counters: { outByteRate: 0n } }]]),
  });
  expect((await port.dump({ service: tcp('192.0.2.3') })).table.services.size).toBe(0);
  const plain = await port.dump();
  expect(plain.activity.get(serviceId(web))).toEqual({
    destinations: new Map([[destinationId(backend), { active: 0, inactive: 0, persistent: 0 }]]),
  });
});

test.each([
  ['master', {}, { group: '224.0.0.81', port: 8848, ttl: 1, maxLength: 1472 }],
  ['backup', {}, { group: '224.0.0.81', port: 8848, ttl: 1, maxLength: 65_507 }],
  ['backup', { interface: 'eth0' }, { interface: 'eth0', maxLength: 1472 }],
  ['backup', { interface: 'jumbo' }, { interface: 'jumbo', maxLength: 8972 }],
  ['backup', { maxLength: 1000 }, { maxLength: 1024 }],
  ['master', { maxLength: 1000, ttl: 5, port: 1, syncId: 9 }, { maxLength: 1000, ttl: 5, port: 1, syncId: 9 }],
  ['master', { group: addressOf('ff02::81') }, { group: 'ff02::81', maxLength: 1452 }],
  ['backup', { group: addressOf('ff02::81') }, { maxLength: 65_487 }],
] as const)('a %s that was started with %j runs with %j', async (role, settings, running) => {
  const mtus = new Map(Object.entries({ lo: 65_536, eth0: 1400, jumbo: 9000 }));
  const interfaceOf = (name: string): NetworkInterface => ({ mtu: mtus.get(name) ?? 0, multicast: ['ip', 'ip6'] });
  const port = await openMemory({ environment: { ...loopbackEnvironment, interfaceOf } });
  expect(await port.execute([startDaemon(role, settings)])).toEqual([]);
  const { daemons } = (await port.dump()).table;
  expect(daemons[role]).toMatchObject({ role, settings: { interface: 'lo', syncId: 0, ...running } });
});

test('a file that is missing is made, and holds the table for the next one', async () => {
  const file = join(directory(), 'state.json');
  const first = await openMemory({ file });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toBeTypeOf('object');
  await first.execute([newService(web), newDestination(web, backend), startDaemon('backup')]);
  const second = await openMemory({ file });
  expect(await second.dump()).toEqual(await first.dump());
  expect(await second.execute([newService(web)])).toMatchObject([{ errno: 'EEXIST' }]);
});

test('what one writes into the file, another one that has it open reads', async () => {
  const path = directory();
  const file = join(path, 'state.json');
  const [left, right] = [await openMemory({ file }), await openMemory({ file })];
  await left.execute([newService(web)]);
  expect(await right.execute([newService(web)])).toMatchObject([{ errno: 'EEXIST' }]);
  await right.execute([newDestination(web, backend)]);
  expect(await left.dump()).toEqual(await right.dump());
  rmSync(file);
  expect((await left.dump()).table.services.size).toBe(0);
  expect(readdirSync(path)).toEqual([]);
});

test('nothing is written where nothing was done', async () => {
  const file = join(directory(), 'state.json');
  const port = await openMemory({ file });
  const before = statSync(file, { bigint: true });
  await port.execute([]);
  await port.execute([newDestination(web, backend)]);
  await port.dump();
  const after = statSync(file, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});

test.each([
  ['no JSON', '{', /^can't read .*state\.json: /],
  ['no table', '[]', /^can't read .*state\.json: the document is no object$/],
  ['another version', '{"format_version": 2}', /^can't read .*state\.json: format_version is 2, not 1$/],
])('a file with %s is a fault that says so', async (_name, content, message) => {
  const file = join(directory(), 'state.json');
  writeFileSync(file, content);
  await expect(openMemory({ file })).rejects.toMatchObject({
    name: 'KernelFault',
    kind: 'failed',
    message: expect.stringMatching(message),
  });
  rmSync(file);
  const port = await openMemory({ file });
  writeFileSync(file, content);
  await expect(port.dump()).rejects.toMatchObject({ kind: 'failed' });
  await expect(port.execute([newService(web)])).rejects.toMatchObject({ kind: 'failed' });
});

test('a file that can not be written is a fault, and leaves nothing behind', async () => {
  const path = directory();
  const missing = join(path, 'missing', 'state.json');
  await expect(openMemory({ file: missing })).rejects.toMatchObject({
    kind: 'failed',
    message: expect.stringContaining(`can't write ${missing}: ENOENT`),
  });
  await expect(openMemory({ file: path })).rejects.toMatchObject({ kind: 'failed' });
  expect(readdirSync(path)).toEqual([]);
});

test('services are listed as the kernel lists them, the newest destination first', async () => {
  const port = await openMemory();
  const [first, second] = [real('10.0.0.1'), real('10.0.0.2')];
  await port.execute([
    newService(web),
    newDestination(web, first),
    newDestination(web, second),
    newService(tcp('192.0.2.9')),
  ]);
  const idle = { active: 0, inactive: 0, persistent: 0 };
  const [listed, other] = await port.list();
  expect(listed?.destinations.map(({ destination }) => destination.key)).toEqual([second, first]);
  expect(listed).toMatchObject({ key: web, destinations: [{ activity: idle }, { activity: idle }] });
  expect(listed?.counters).toBeUndefined();
  expect(other?.destinations).toEqual([]);
  const [counted] = await port.list({ service: web, counters: true });
  expect(counted).toMatchObject({ key: web, counters: noCounters });
  expect(await port.list({ service: tcp('192.0.2.3') })).toEqual([]);
});
