/** Owns a small network for tests with real packets: a client, a director and real servers, joined by veth pairs. */

import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type Namespace, openNamespace } from './namespace.ts';

/** Answers every connection with the address that it was accepted on. */
const namingServerPath = fileURLToPath(new URL('naming-server.mjs', import.meta.url));

/** Addresses of one family: the director's towards the client, and those of the servers, in the order asked for. */
export interface Addresses {
  readonly client: string;
  /** The director's outer address: where services are. */
  readonly service: string;
  readonly servers: readonly string[];
}

/**
 * `client` -- `director` -- `servers`. The director forwards and is the way back of the servers, so masquerading works.
 * All real servers are addresses of one namespace.
 */
export interface Network {
  readonly client: Namespace;
  readonly director: Namespace;
  readonly servers: Namespace;
  readonly ip: Addresses;
  readonly ip6: Addresses;
  /** Every server answers on this TCP port with its own address and a newline, then echoes; resolves when they listen. */
  listen(port: number): Promise<void>;
  close(): Promise<void>;
}

/** `10.0.0.11` and up; 2001:db8:2::11 and up. */
const firstServer = 11;

async function joinWithVeth(left: Namespace, leftName: string, right: Namespace, rightName: string): Promise<void> {
  const peer = ['peer', 'name', rightName, 'netns', right.name];
  await left.output('ip', ['link', 'add', leftName, 'type', 'veth', ...peer]);
  await left.output('ip', ['link', 'set', leftName, 'up']);
  await right.output('ip', ['link', 'set', rightName, 'up']);
}

async function addAddresses(namespace: Namespace, link: string, addresses: readonly string[]): Promise<void> {
  const lines = addresses.map((address) => {
    // An IPv6 address can't be used before it has been looked for on the link, which takes a second.
    const options = address.includes(':') ? ' nodad' : '';
    return `address add ${address} dev ${link}${options}\n`;
  });
  await namespace.output('ip', ['-batch', '-'], { input: lines.join('') });
}

/** Makes a network with `servers` real servers that lives until it is closed: for `beforeAll` and `afterAll`. */
export async function openNetwork({ servers: count = 2 } = {}): Promise<Network> {
  const [client, director, servers] = [await openNamespace(), await openNamespace(), await openNamespace()];
  await joinWithVeth(client, 'eth0', director, 'outer');
  await joinWithVeth(servers, 'eth0', director, 'inner');

  const hosts = Array.from({ length: count }, (_, index) => index + firstServer);
  const ip = { client: '198.51.100.2', service: '198.51.100.1', servers: hosts.map((host) => `10.0.0.${host}`) };
  const ip6 = {
    client: '2001:db8:1::2',
    service: '2001:db8:1::1',
    servers: hosts.map((host) => `2001:db8:2::${host}`),
  };
  await addAddresses(client, 'eth0', [`${ip.client}/24`, `${ip6.client}/64`]);
  await addAddresses(director, 'outer', [`${ip.service}/24`, `${ip6.service}/64`]);
  await addAddresses(director, 'inner', ['10.0.0.1/24', '2001:db8:2::1/64']);
  await addAddresses(servers, 'eth0', [
    ...ip.servers.map((address) => `${address}/24`),
    ...ip6.servers.map((address) => `${address}/64`),
  ]);
  await servers.output('ip', ['-batch', '-'], {
    input: 'route add default via 10.0.0.1\nroute add ::/0 via 2001:db8:2::1\n',
  });
  for (const name of ['ipv4/ip_forward', 'ipv6/conf/all/forwarding']) {
    await director.output('sh', ['-c', `echo 1 >/proc/sys/net/${name}`]);
  }

  return {
    client,
    director,
    servers,
    ip,
    ip6,
    listen: async (port) => {
      await once(servers.startNode(namingServerPath, [String(port)]), 'message');
    },
    close: async () => {
      for (const namespace of [client, director, servers]) await namespace.close();
    },
  };
}

/** Makes a network for the running test, which removes it at its end. */
export async function network(options?: { readonly servers?: number }): Promise<Network> {
  const made = await openNetwork(options);
  onTestFinished(() => made.close());
  return made;
}
