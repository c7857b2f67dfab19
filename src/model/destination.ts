/** Owns the destination (ipvsadm: real server): its identity inside a service and its settings. */

import type { Brand } from '../../grammar/text/brand.ts';
import type { Span } from '../../grammar/text/span.ts';
import { type Address, compareAddresses } from '../../grammar/value/address.ts';

/** What the kernel finds a destination by inside its service; the forwarding method is not part of it. */
export interface DestinationKey {
  readonly address: Address;
  /** 0..65535 in host order. */
  readonly port: number;
}

/** A destination key as text: `10.0.0.1 port 80`. */
export type DestinationId = Brand<string, 'DestinationId'>;

/** Outer checksum of a UDP or GRE tunnel (IP_VS_TUNNEL_ENCAP_FLAG_*); `remote` is remote checksum offload. */
export type TunnelChecksum = 'none' | 'plain' | 'remote';

/** How packets to a tunnelled destination are wrapped. `type-N` is a type that this program does not know. */
export type Tunnel =
  | { readonly type: 'ipip' }
  | { readonly type: 'gue'; readonly port: number; readonly checksum: TunnelChecksum }
  | { readonly type: 'gre'; readonly checksum: TunnelChecksum }
  | { readonly type: `type-${number}`; readonly port: number; readonly flags: number };

/**
 * How packets reach a destination (IP_VS_CONN_F_FWD_MASK). `local` and `method-N` can't be written in either language;
 * they exist because a live table may hold them.
 */
export type Forwarding =
  | { readonly method: 'masquerade' }
  | { readonly method: 'direct' }
  | { readonly method: 'tunnel'; readonly tunnel: Tunnel }
  | { readonly method: 'local' }
  | { readonly method: `method-${number}` };

/** All that SET_DEST can change in place. The kernel always takes the whole of it. */
export interface DestinationSettings {
  readonly forwarding: Forwarding;
  /** 0..2147483647; 0 takes no new connections. */
  readonly weight: number;
  /** Connections at which new ones are barred; 0 is none. */
  readonly upperThreshold: number;
  /** Connections below which they are let in again; 0 is three quarters of the upper threshold. Never above it. */
  readonly lowerThreshold: number;
}

/** A destination of one service. */
export interface Destination {
  readonly key: DestinationKey;
  readonly settings: DestinationSettings;
  /** Only in a desired table: the weight counts when the destination is created, a later one is somebody else's. */
  readonly weightIsInitial?: true;
  /** What people call it. Never part of a comparison. */
  readonly name?: string;
  /** What asked for it. Never part of a comparison. */
  readonly origin?: Span;
}

/** The text by which a destination is found in its service. */
export function destinationId(key: DestinationKey): DestinationId {
  return `${key.address} port ${key.port}` as DestinationId;
}

/** By address (IPv4 first) and port, as unsigned numbers. */
export function compareDestinationKeys(left: DestinationKey, right: DestinationKey): number {
  return compareAddresses(left.address, right.address) || left.port - right.port;
}
