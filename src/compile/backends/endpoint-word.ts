/** Owns how a command line names an end of connections: `10.0.0.1`, `10.0.0.1:80`, `[2001:db8::1]:80`, `10.0.0.1 port 80`. */

import { type Address, parseAddress, parseIpv4, parseIpv6 } from '../../../grammar/value/address.ts';
import { parseDecimal } from '../../../grammar/value/decimal.ts';
import { ports } from '../../../grammar/value/limits.ts';

/** An address; without a port it stands for each of its ports. */
export interface EndpointWord {
  readonly address: Address;
  /** 0..65535. */
  readonly port?: number;
}

/** The spellings with a port, and what their address has to be. */
const spellings = [
  { pattern: /^\[(.*)\]:(\d+)$/, parse: parseIpv6 },
  { pattern: /^([^:]*):(\d+)$/, parse: parseIpv4 },
  { pattern: /^(\S+) +port +(\d+)$/, parse: parseAddress },
] as const;

/** Reads one; undefined if the text is none. Nothing is looked up, and an address is written in full. */
export function parseEndpointWord(text: string): EndpointWord | undefined {
  const alone = parseAddress(text);
  if (alone !== undefined) return { address: alone };
  for (const { pattern, parse } of spellings) {
    const [, host = '', digits = ''] = pattern.exec(text) ?? [];
    const [address, port] = [parse(host), parseDecimal(digits, ports)];
    if (address !== undefined && port !== undefined) return { address, port };
  }
  return undefined;
}

/** Whether the word stands for this address and port. */
export function covers({ address, port }: EndpointWord, end: Required<EndpointWord>): boolean {
  return address === end.address && (port === undefined || port === end.port);
}
