/** Owns the reading of /proc/net/ip_vs_conn: the connections of the network namespace that the program runs in. */

import { promises } from 'node:fs';
import { type Address, ipv4FromNumber, parseIpv6 } from '../../grammar/value/address.ts';
import type { Connection, ConnectionEnd } from '../model/connection.ts';

/** Its path; a network namespace sees its own connections. */
export const connectionTablePath = '/proc/net/ip_vs_conn';

/** An address as the files in /proc/net have it: eight hexadecimal digits, or an IPv6 address in full. */
export function readAddress(text: string): Address | undefined {
  return /^[0-9A-F]{8}$/i.test(text) ? ipv4FromNumber(Number.parseInt(text, 16)) : parseIpv6(text);
}

function readEnd(address = '', port = ''): ConnectionEnd | undefined {
  const parsed = readAddress(address);
  return parsed === undefined || !/^[0-9A-F]{4}$/i.test(port)
    ? undefined
    : { address: parsed, port: Number.parseInt(port, 16) };
}

/** One line; undefined if it is not an entry. Nothing in it is limited in length: an engine's data come from clients. */
function readConnection(line: string): Connection | undefined {
  const [protocol, from, fromPort, to, toPort, at, atPort, state, expires, name, data] = line.trim().split(/\s+/);
  const [client, virtual, destination] = [readEnd(from, fromPort), readEnd(to, toPort), readEnd(at, atPort)];
  if (!protocol || !client || !virtual || !destination || !state || !/^\d+$/.test(expires ?? '')) return undefined;
  const engine = name === undefined || data === undefined ? {} : { engine: { name, data } };
  return { protocol, client, virtual, destination, state, expires: Number(expires), ...engine };
}

/** The entries of the file's text, whose first line is a title. */
export function parseConnections(text: string): readonly Connection[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => readConnection(line) ?? []);
}

/** Reads the file; each byte is one character, since clients decide what an engine's data are. */
export function readConnectionTable(path = connectionTablePath): Promise<string> {
  return promises.readFile(path, 'latin1');
}
