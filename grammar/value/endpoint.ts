/** Owns `host:port` as ipvsadm takes it apart, for virtual services and real servers alike (ipvsadm reference, 1.6). */

import { type Address, parseIpv6 } from './address.ts';
import { parseDecimal } from './decimal.ts';
import { parseInetAton } from './inet-aton.ts';
import { ports } from './limits.ts';

/** The parts of an endpoint. What only a look-up can tell is left as a word. */
export interface Endpoint {
  /** An address, or a name that must be looked up (ipvsadm looks for IPv4 addresses only). */
  readonly host: { readonly address: Address } | { readonly name: string };
  /** A number, or a name of the services file; absent if nothing was written, which is not the same as 0. */
  readonly port?: { readonly number: number } | { readonly name: string };
  /** The port that was written behind `[host]` where `host` is not IPv6: ipvsadm forgets it and takes none. */
  readonly forgottenPort?: string;
}

function portOf(text: string): { readonly number: number } | { readonly name: string } {
  const number = parseDecimal(text, ports);
  return number === undefined ? { name: text } : { number };
}

/** Text without brackets, or what stood inside of them: a port may follow the last colon, unless it is all IPv6. */
function splitPlain(text: string): Endpoint {
  const ipv6 = parseIpv6(text);
  if (ipv6 !== undefined) return { host: { address: ipv6 } };
  const colon = text.lastIndexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const address = parseInetAton(name);
  const host = address === undefined ? { name } : { address };
  return colon === -1 ? { host } : { host, port: portOf(text.slice(colon + 1)) };
}

/**
 * Takes an endpoint apart; undefined if no look-up could make one of it: nothing, digits alone, a bracket without
 * `]:`. A host or port with an empty `name` was written and can't be found either.
 */
export function splitEndpoint(text: string): Endpoint | undefined {
  if (/^\d*$/.test(text)) return undefined;
  if (!text.startsWith('[')) return splitPlain(text);
  const close = text.indexOf(']');
  if (close === -1 || text[close + 1] !== ':') return undefined;
  const inside = text.slice(1, close);
  const behind = text.slice(close + 2);
  const address = parseIpv6(inside);
  if (address !== undefined) return { host: { address }, port: portOf(behind) };
  return { ...splitPlain(inside), forgottenPort: behind };
}
