/** Owns what addresses and ports are called in a listing: by number, or by what a resolver has found. */

import type { Address } from '../../../grammar/value/address.ts';
import type { Protocol } from '../../../grammar/value/protocol.ts';

/** How a listing calls things. */
export interface Names {
  host(address: Address): string;
  /** `protocol` is absent where a port belongs to none: behind a mark, and in the templates of a marked service. */
  port(port: number, protocol: Protocol | undefined): string;
}

/** `-n`: nothing is looked up. */
export const numericNames: Names = { host: (address) => address, port: (port) => String(port) };

/** What ipvsadm's buffer for an address and a port can hold, in characters (ipvsadm reference, 3.1). */
const longestEndpoint = 59;

/** `HOST:PORT`, or `[HOST]:PORT` if the address is IPv6, whatever its name. A name that is too long hides the port. */
export function endpointText(
  { address, port }: { readonly address: Address; readonly port: number },
  protocol: Protocol | undefined,
  names: Names,
): string {
  const host = address.includes(':') ? `[${names.host(address)}]` : names.host(address);
  return `${host}:${names.port(port, protocol)}`.slice(0, longestEndpoint);
}
