/** Owns what the words of a command line may ask the machine: the addresses of names and the numbers of services. */

import type { Address } from '../../../grammar/value/address.ts';
import { splitEndpoint } from '../../../grammar/value/endpoint.ts';
import { parseInetAton } from '../../../grammar/value/inet-aton.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';

/** What gethostbyname() and getservbyname() answer. */
export interface Lookups {
  /** The first IPv4 address of a name: ipvsadm looks for no other. */
  host(name: string): Promise<Address | undefined>;
  /** The port of a service, 0..65535; a service is known for each protocol by itself. */
  port(name: string, protocol: Protocol): Promise<number | undefined>;
}

/** An endpoint with everything looked up; `port` is absent if none was written. */
export interface ResolvedEndpoint {
  readonly address: Address;
  readonly port?: number;
}

/** Reads the value of `-t`, `-u`, `--sctp-service` or `-r`; without a protocol ports must be numbers. */
export async function resolveEndpoint(
  text: string,
  protocol: Protocol | undefined,
  lookups: Lookups,
): Promise<ResolvedEndpoint | undefined> {
  const endpoint = splitEndpoint(text);
  if (endpoint === undefined) return undefined;
  const { host, port } = endpoint;
  const address = 'address' in host ? host.address : await lookups.host(host.name);
  if (address === undefined || port === undefined) return address === undefined ? undefined : { address };
  if ('number' in port) return { address, port: port.number };
  const number = protocol === undefined ? undefined : await lookups.port(port.name, protocol);
  return number === undefined ? undefined : { address, port: number };
}

/** Reads the value of an IPv4 `-M`: an address in any of its spellings, or even a name. */
export async function resolveIpv4Mask(text: string, lookups: Lookups): Promise<Address | undefined> {
  return parseInetAton(text) ?? (await lookups.host(text));
}
