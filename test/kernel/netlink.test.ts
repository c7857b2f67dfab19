/** Owns the proof that the port over netlink does with the kernel what it says. Which errno when: memory-equals-kernel. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { release } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { KernelFault, type ListOptions } from '../../src/apply/port.ts';
import { commandInNamespace, isInNamespace, namespacePath } from '../../src/kernel/namespace.ts';
import { type NetlinkPort, openNetlink } from '../../src/kernel/netlink-port.ts';
import type { Operation } from '../../src/model/operation.ts';
import { type ServiceId, serviceId } from '../../src/model/service.ts';
import {
  deleteDestination,
  deleteService,
  newDestination,
  newService,
  real,
  setDestination,
  startDaemon,
  stopDaemon,
  tcp,
} from '../support/operation.ts';
import { output, runCommand } from './support/command.ts';
import { namespace } from './support/namespace.ts';
import { connectPort } from '../../src/kernel/remote-port.ts';
import { isTorn } from '../../src/wire/snapshot.ts';

const agents = fileURLToPath(new URL('../../dist/agent/', import.meta.url));
const web = tcp('192.0.2.1');
const webId = serviceId(web);

function fault(kind: string) {
  return expect.objectContaining({ constructor: KernelFault, kind });
}

/** Destinations of one service, in the order in which they are added. */
function manyDestinations(count: number): Operation[] {
  return Array.from({ length: count }, (_, index) => newDestination(web, real(`10.0.${index >> 8}.${index & 255}`)));
}

describe('in the namespace of this process', () => {
  let port: NetlinkPort;

  beforeEach(async () => {
    port = await openNetlink();
    await port.execute([{ kind: 'flush' }]);
  });

  afterEach(async () => {
    await port.execute([{ kind: 'flush' }]);
    port.close();
  });

  const destinationsOf = async (id: ServiceId) => {
    const { table } = await port.dump({ parts: ['services'] });
    return [...(table.services.get(id)?.destinations.keys() ?? [])];
  };

  test('the kernel says which IPVS it has', async () => {
    expect(await port.info()).toEqual({ version: '1.2.1', connectionTableSize: 4096 });
    expect(port.maxBatch).toBe(128);
  });

  test('a refusal in the middle of a batch stops nothing, and is the answer to its operation alone', async () => {
    const [first, second, third] = [real('10.0.0.1'), real('10.0.0.2'), real('10.0.0.3')];
    const again = newDestination(web, first, { weight: 9 });
    const missing = setDestination(web, third);
    const refusals = await port.execute([
      newService(web),
      newDestination(web, first),
      again,
      newDestination(web, second),
      missing,
      newDestination(web, third),
    ]);
    expect(refusals).toEqual([
      { operation: again, errno: 'EEXIST' },
      { operation: missing, errno: 'ENOENT' },
    ]);
    expect(await destinationsOf(webId)).toEqual(['10.0.0.1 port 80', '10.0.0.2 port 80', '10.0.0.3 port 80']);
    const saved = await output('ipvsadm', ['-Sn']);
    expect(saved.trim().split('\n')).toHaveLength(4);
    expect(saved).toContain('-r 10.0.0.1:80 -m -w 1\n');
  });

  test('many operations take as few system calls as their batches', async () => {
    const operations = [newService(web), ...manyDestinations(600)];
    operations.splice(300, 0, newService(web));
    const before = { ...port.traffic };
    expect(await port.execute(operations)).toEqual([{ operation: operations[300], errno: 'EEXIST' }]);
    const batches = Math.ceil(602 / port.maxBatch);
    expect(port.traffic.sends - before.sends).toBe(batches);
    expect(port.traffic.messages - before.messages).toBe(602 + batches);
    expect(await destinationsOf(webId)).toHaveLength(600);
  });

  test('as many refusals as a batch has operations are all received', async () => {
    const wide = tcp('2001:db8::1');
    const tunnel = { forwarding: { method: 'tunnel', tunnel: { type: 'gue', port: 1, checksum: 'plain' } } } as const;
    const batch = Array.from({ length: port.maxBatch }, (_, index) =>
      newDestination(wide, real(`2001:db8::${index.toString(16)}:1`), tunnel),
    );
    for (let round = 0; round < 5; round++) {
      const refusals = await port.execute(batch);
      expect(refusals.map(({ errno }) => errno)).toEqual(batch.map(() => 'ESRCH'));
    }
  });

  test('a service with more destinations than fit into one datagram is read whole and in order', async () => {
    const destinations = manyDestinations(300);
    await port.execute([newService(web), ...destinations]);
    const expected = destinations.map((_, index) => `10.0.${index >> 8}.${index & 255} port 80`);
    expect(await destinationsOf(webId)).toEqual(expected);
    const { activity } = await port.dump();
    expect([...(activity.get(webId)?.destinations.keys() ?? [])]).toEqual(expected);
  });

  test('many services are read, each with its own destinations', async () => {
    const services = Array.from({ length: 300 }, (_, index) => tcp(`10.1.${index >> 8}.${index & 255}`));
    await port.execute(
      services.flatMap((service, index) => [
        newService(service),
        newDestination(service, real(`10.2.${index >> 8}.${index & 255}`)),
      ]),
    );
    const { table } = await port.dump();
    expect(table.services.size).toBe(300);
    for (const [index, service] of services.entries()) {
      const read = table.services.get(serviceId(service));
      expect([...(read?.destinations.keys() ?? [])]).toEqual([`10.2.${index >> 8}.${index & 255} port 80`]);
    }
  });

  test('one service is read alone, or is not there', async () => {
    const other = tcp('192.0.2.2');
    await port.execute([newService(web), newDestination(web, real('10.0.0.1')), newService(other)]);
    const { table } = await port.dump({ service: web });
    expect([...table.services.keys()]).toEqual([webId]);
    expect(table.services.get(webId)?.destinations.size).toBe(1);
    expect((await port.dump({ service: tcp('192.0.2.3') })).table.services.size).toBe(0);
  });

  test('a brief list of many services takes one message, a whole one asks for each of them', async () => {
    const keys = Array.from({ length: 9 }, (_, index) => tcp(`192.0.2.${index + 1}`));
    await port.execute(keys.flatMap((key) => [newService(key), newDestination(key, real('10.0.0.1'))]));
    const messagesOf = async (options: ListOptions): Promise<number> => {
      const before = port.traffic.messages;
      const services = await port.list(options);
      expect(services.map(({ destinations }) => destinations.length)).toEqual(keys.map(() => 1));
      return port.traffic.messages - before;
    };
    expect(await messagesOf({ brief: true })).toBe(1);
    expect(await messagesOf({})).toBe(1 + keys.length);
  });

  test('only what is asked for is read', async () => {
    await port.execute([newService(web)]);
    const before = port.traffic.messages;
    const { table } = await port.dump({ parts: ['timeouts'] });
    expect(table).toEqual({ services: new Map(), timeouts: { tcp: 900, tcpFin: 120, udp: 300 }, daemons: {} });
    expect(port.traffic.messages - before).toBe(2);
    expect((await port.dump({ parts: ['daemons'] })).table.daemons).toEqual({ master: 'stopped', backup: 'stopped' });
  });

  test('a daemon that is stopped before it ever ran gives no answer, and is not waited for', async () => {
    const batch = Array.from({ length: 20 }, () => [startDaemon('master'), stopDaemon('master')]).flat();
    expect(await port.execute(batch)).toEqual([]);
    expect((await port.dump({ parts: ['daemons'] })).table.daemons.master).toBe('stopped');
  });

  test('connections and counters are read, the counters only if they are asked for', async () => {
    const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port: serverPort } = server.address() as AddressInfo;
    const local = tcp('127.0.0.2', 8080);
    await port.execute([newService(local), newDestination(local, real('127.0.0.1', serverPort))]);
    const client = connect(8080, '127.0.0.2');
    const [data] = (await once(client, 'data')) as [Buffer];
    expect(data.toString()).toBe('hello');
    client.destroy();

    const id = serviceId(local);
    await expect
      .poll(async () => (await port.dump({ counters: true })).activity.get(id)?.counters?.connections, {
        timeout: 9000,
      })
      .toBe(1n);
    const counted = (await port.dump({ counters: true })).activity.get(id);
    const [destination] = [...(counted?.destinations.values() ?? [])];
    expect(destination?.counters).toEqual(counted?.counters);
    expect(destination?.counters?.inPackets).toBeGreaterThan(2n);
    expect(destination?.counters?.inBytes).toBeGreaterThan(100n);
    expect(Object.keys(destination?.counters ?? {})).toHaveLength(10);
    expect((destination?.active ?? 0) + (destination?.inactive ?? 0)).toBe(1);

    const plain = (await port.dump()).activity.get(id);
    expect(plain).not.toHaveProperty('counters');
    expect([...(plain?.destinations.values() ?? [])][0]).not.toHaveProperty('counters');
  });

  test('a list that another writer changes while it is read has no destination twice', async () => {
    await port.execute([newService(web), ...manyDestinations(400)]);
    const other = await openNetlink();
    onTestFinished(() => other.close());
    const moving = real('10.9.0.1');
    const writer = (async () => {
      for (let round = 0; round < 300; round++) {
        await other.execute([newDestination(web, moving)]);
        await other.execute([deleteDestination(web, moving)]);
      }
    })();
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const read = await port.dump({ parts: ['services'] }).catch((error: unknown) => error);
      outcomes.add(read instanceof KernelFault ? read.kind : 'read');
      const listed = await port.list().catch((error: unknown) => error);
      outcomes.add(listed instanceof KernelFault ? listed.kind : 'read');
      expect(isTorn(Array.isArray(listed) ? listed : [])).toBe(false);
    }
    await writer;
    expect(['read', 'torn']).toEqual(expect.arrayContaining([...outcomes]));
    expect(await destinationsOf(webId)).toHaveLength(400);
  });

  test('what a closed port is asked for is a fault', async () => {
    const closed = await openNetlink();
    closed.close();
    await expect(closed.dump()).rejects.toEqual(fault('lost'));
    await expect(closed.execute([newService(web)])).rejects.toEqual(fault('lost'));
  });
});

test('without the capability every request is denied', async () => {
  const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, `${agents}port-agent.js`];
  const child = spawn('setpriv', words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  onTestFinished(() => void child.kill());
  const port = await connectPort(child);
  await expect(port.dump()).rejects.toEqual(fault('denied'));
  await expect(port.execute([newService(web)])).rejects.toEqual(fault('denied'));
  await expect(port.info()).rejects.toEqual(fault('denied'));
});

describe('the module', () => {
  const modules = `/lib/modules/${release()}`;

  const unload = async () => {
    const loaded = (await output('lsmod', [])).split('\n').map((line) => line.split(' ')[0] ?? '');
    await output('rmmod', [...loaded.filter((name) => name.startsWith('ip_vs_')), 'ip_vs']);
  };

  // A namespace that was just removed holds it a little longer.
  beforeEach(() => vi.waitFor(unload, { timeout: 60_000 }));

  test('is missed if it is not there', async () => {
    await rename(modules, `${modules}.away`);
    try {
      await expect(openNetlink()).rejects.toEqual(fault('unavailable'));
    } finally {
      await rename(`${modules}.away`, modules);
    }
    (await openNetlink()).close();
  });

  test('is loaded by modprobe if the kernel does not load it by itself', async () => {
    const loader = '/proc/sys/kernel/modprobe';
    const usual = await output('cat', [loader]);
    await writeFile(loader, '/bin/false\n');
    try {
      const port = await openNetlink();
      expect((await port.info()).version).toBe('1.2.1');
      port.close();
    } finally {
      await writeFile(loader, usual);
    }
  });

  test('may be loaded anew while the port is open', async () => {
    const port = await openNetlink();
    onTestFinished(() => port.close());
    expect(await port.execute([newService(web), deleteService(web)])).toEqual([]);
    await unload();
    expect(await port.execute([newService(web), newDestination(web, real('10.0.0.1'))])).toEqual([]);
    expect((await port.dump()).table.services.size).toBe(1);
    await port.execute([{ kind: 'flush' }]);
  });
});

test('no handler can abort the process', async () => {
  const { status, stdout } = await runCommand(process.execPath, [`${agents}throwing-handlers.js`]);
  expect(stdout.split('\n')).toEqual([
    'uncaught: in a handler',
    'alive behind a handler',
    'uncaught: in a tick',
    'alive behind a tick',
    'uncaught: in a microtask',
    'alive behind a microtask',
    'uncaught: in a promise',
    'alive behind a rejection',
    'EMSGSIZE',
    'uncaught: in the handler of a failure',
    'alive behind a failure',
    '',
  ]);
  expect(status).toBe(0);
});

test('a program is run again in another namespace, and knows when it is there', async () => {
  const { name } = await namespace();
  const path = namespacePath(name);
  expect(path).toBe(`/run/netns/${name}`);
  expect(namespacePath('./here')).toBe('./here');
  expect(await isInNamespace(path)).toBe(false);
  expect(await isInNamespace('/proc/self/ns/net')).toBe(true);
  await expect(isInNamespace(namespacePath('none-such'))).rejects.toThrow('ENOENT');
  const [command = '', ...words] = commandInNamespace(path, ['readlink', '/proc/self/ns/net']);
  const inside = await output(command, words);
  expect(inside).not.toBe(await output('readlink', ['/proc/self/ns/net']));
  expect(inside).toMatch(/^net:\[\d+\]\n$/);
});
