/** Owns the virtual service: its identity, its settings, and the destinations behind it. */

import type { Brand } from '../../grammar/text/brand.ts';
import type { Span } from '../../grammar/text/span.ts';
import { type Address, compareAddresses, familyOf } from '../../grammar/value/address.ts';
import type { Family } from '../../grammar/value/family.ts';
import type { Netmask } from '../../grammar/value/netmask.ts';
import { type Protocol, protocolNumber } from '../../grammar/value/protocol.ts';
import type { SchedulerFlags } from '../../grammar/value/scheduler-flags.ts';
import type { Destination, DestinationId } from './destination.ts';

/** What the kernel finds a service by (ip_vs_ctl.c, ip_vs_genl_parse_service). It can't be edited. */
export type ServiceKey =
  | { readonly kind: 'endpoint'; readonly protocol: Protocol; readonly address: Address; readonly port: number }
  | { readonly kind: 'mark'; readonly family: Family; readonly mark: number };

/** A service key as text, in the spelling of the config language: `tcp 192.0.2.1 port 80`, `mark 7 ip6`. */
export type ServiceId = Brand<string, 'ServiceId'>;

/** Clients that match under `mask` keep their destination for `timeout` seconds (1..2678400). */
export interface Persistence {
  readonly timeout: number;
  readonly mask: Netmask;
}

/** All that SET_SERVICE can change in place. The kernel always takes the whole of it. */
export interface ServiceSettings {
  /** 1..15 characters; only the kernel knows which exist. */
  readonly scheduler: string;
  readonly flags: SchedulerFlags;
  readonly persistence?: Persistence;
  /** Persistence engine, such as `sip`. The kernel keeps one on a service without persistence too. */
  readonly engine?: string;
  /** Each datagram is scheduled on its own (IP_VS_SVC_F_ONEPACKET). */
  readonly onePacket: boolean;
}

/** `drain`: weight 0 first, and the removal after so many seconds (1..2678400) or when nothing is left, if that is sooner. */
export type Removal = { readonly kind: 'cut' } | { readonly kind: 'drain'; readonly seconds: number };

/** A virtual service. `destinations` are in the order in which they are (or were) added: the kernel lists the newest first. */
export interface Service {
  readonly key: ServiceKey;
  readonly settings: ServiceSettings;
  readonly destinations: ReadonlyMap<DestinationId, Destination>;
  /** What people call it; several services that were written as one share it. Never part of a comparison. */
  readonly name?: string;
  /** What it is for. Never part of a comparison. */
  readonly description?: string;
  /** How a destination leaves this service. Absent: as the command that removes it says. Never part of a comparison. */
  readonly onRemove?: Removal;
  /** What asked for it; a service that was read from the kernel has none. Never part of a comparison. */
  readonly origin?: Span;
}

/** The text by which a service is found in a table. */
export function serviceId(key: ServiceKey): ServiceId {
  return (
    key.kind === 'mark' ? `mark ${key.mark} ${key.family}` : `${key.protocol} ${key.address} port ${key.port}`
  ) as ServiceId;
}

/** The family of a service, which its destinations share unless they are tunnels. */
export function serviceFamily(key: ServiceKey): Family {
  return key.kind === 'mark' ? key.family : familyOf(key.address);
}

/**
 * The order in which services are listed: addresses before marks, then family, protocol number, address, port or mark,
 * all as unsigned numbers. (ipvsadm has the same keys, but subtracts them as signed ones: its reference, 3.2.)
 */
export function compareServiceKeys(left: ServiceKey, right: ServiceKey): number {
  const byKind = Number(left.kind === 'mark') - Number(right.kind === 'mark');
  const byFamily = Number(serviceFamily(left) === 'ip6') - Number(serviceFamily(right) === 'ip6');
  if (left.kind === 'mark' && right.kind === 'mark') return left.mark - right.mark || byFamily;
  if (left.kind === 'mark' || right.kind === 'mark') return byKind;
  return (
    byFamily ||
    protocolNumber(left.protocol) - protocolNumber(right.protocol) ||
    compareAddresses(left.address, right.address) ||
    left.port - right.port
  );
}
