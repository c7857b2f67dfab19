/** Owns the services file: what ports are called, as getservbyname() and getservbyport() answer. */

import { promises } from 'node:fs';
import type { Protocol } from '../../../grammar/value/protocol.ts';

/** The names of ports. A service is known for each protocol by itself. */
export interface ServiceNames {
  /** The port of a name or an alias, with case. */
  port(name: string, protocol: Protocol): number | undefined;
  name(port: number, protocol: Protocol): string | undefined;
}

/** Reads the format of services(5): `name port/protocol alias… # comment`. The first mention counts. */
export function parseServiceNames(text: string): ServiceNames {
  const names = new Map<string, string>();
  const ports = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [name, endpoint = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    const [, port, protocol] = /^(\d+)\/(\S+)$/.exec(endpoint) ?? [];
    if (name === undefined || port === undefined) continue;
    const byPort = `${Number(port)}/${protocol}`;
    if (!names.has(byPort)) names.set(byPort, name);
    for (const word of [name, ...aliases]) {
      const byName = `${word}/${protocol}`;
      if (!ports.has(byName)) ports.set(byName, Number(port));
    }
  }
  return {
    port: (name, protocol) => ports.get(`${name}/${protocol}`),
    name: (port, protocol) => names.get(`${port}/${protocol}`),
  };
}

/** Reads a services file; without one ports have no names. */
export async function readServiceNames(path: string): Promise<ServiceNames> {
  try {
    return parseServiceNames(await promises.readFile(path, 'utf8'));
  } catch {
    return parseServiceNames('');
  }
}
