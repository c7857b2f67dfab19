/** Owns the connection: an entry of the kernel's connection table, as /proc/net/ip_vs_conn shows it. */

import { type Address, addressBytes, compareAddresses, familyOf } from '../../grammar/value/address.ts';
import type { Protocol } from '../../grammar/value/protocol.ts';
import { type ServiceKey, compareServiceKeys } from './service.ts';

/** One end of a connection. */
export interface ConnectionEnd {
  readonly address: Address;
  /** 0..65535 in host order; 0 for the client of a template. */
  readonly port: number;
}

/** A connection, or the template that keeps a client with its destination. */
export interface Connection {
  /** As printed: `TCP`, `IP` for the template of a marked service. */
  readonly protocol: string;
  readonly client: ConnectionEnd;
  readonly virtual: ConnectionEnd;
  readonly destination: ConnectionEnd;
  readonly state: string;
  /** Seconds until the entry ends. */
  readonly expires: number;
  /** Of a template that a persistence engine made: its name and what it recognises clients by. */
  readonly engine?: { readonly name: string; readonly data: string };
}

/** Whether an entry keeps clients with their destination, rather than being a connection. */
export function isTemplate({ client }: Connection): boolean {
  return client.port === 0;
}

/** As ip_vs_proto_name() writes protocols that it has no name for. */
const numberedProtocol = /^IP_(\d+)$/;

/**
 * The service that an entry tells of. That of a mark is known of templates only, which have the mark in place of an
 * address (ip_vs_sched_persist() in ip_vs_core.c): a connection shows the address that it went to.
 */
export function serviceOf({ protocol, virtual: { address, port } }: Connection): ServiceKey {
  if (protocol === 'IP') {
    const [first = 0, second = 0, third = 0, fourth = 0] = addressBytes(address);
    const mark = ((first << 24) | (second << 16) | (third << 8) | fourth) >>> 0;
    return { kind: 'mark', family: familyOf(address), mark };
  }
  const [, number] = numberedProtocol.exec(protocol) ?? [];
  const name = number === undefined ? protocol.toLowerCase() : `protocol-${number}`;
  return { kind: 'endpoint', protocol: name as Protocol, address, port };
}

function compareEnds(left: ConnectionEnd, right: ConnectionEnd): number {
  return compareAddresses(left.address, right.address) || left.port - right.port;
}

/** By service, destination and client. */
export function compareConnections(left: Connection, right: Connection): number {
  return (
    compareServiceKeys(serviceOf(left), serviceOf(right)) ||
    compareEnds(left.destination, right.destination) ||
    compareEnds(left.client, right.client)
  );
}
