/** Owns what the kernel's answers depend on outside of its table: modules, interfaces, routes and the tick. */

import { type Address, addressBytes, familyOf } from '../../grammar/value/address.ts';
import type { Family } from '../../grammar/value/family.ts';
import { knownEngines, knownSchedulers } from '../../grammar/value/schedulers.ts';

/** A network interface as synchronisation daemons see it. */
export interface NetworkInterface {
  /** Bytes. */
  readonly mtu: number;
  /** Families in which it can send to a group: none while it is down, and `lo` has no IPv6 multicast route. */
  readonly multicast: readonly Family[];
}

/** The machine around a table. */
export interface Environment {
  /** Whether the kernel has, or can load, a scheduler of this name. It is never asked about `none`, which is built in. */
  readonly hasScheduler: (name: string) => boolean;
  /** Whether it has a persistence engine of this name. */
  readonly hasEngine: (name: string) => boolean;
  /** The network interface of this name, if there is one. */
  readonly interfaceOf: (name: string) => NetworkInterface | undefined;
  /** Whether this IPv4 address is the broadcast address of a subnet that the director is in. */
  readonly isBroadcast: (address: Address) => boolean;
  /** Whether this link-local IPv6 address is one of the director's own. */
  readonly isLocal: (address: Address) => boolean;
  /** Timer ticks per second (CONFIG_HZ: 100, 250, 300 or 1000); it limits how long a timeout can be. */
  readonly ticksPerSecond: number;
}

/** The broadcast address of 127.0.0.0/8, which every namespace is in whose `lo` is up. */
const loopbackBroadcast = '127.255.255.255';

/** As it is unless somebody changed it (drivers/net/loopback.c). */
const loopback: NetworkInterface = { mtu: 65_536, multicast: ['ip'] };

/** A namespace in which only `lo` is up, on a kernel with every scheduler and engine of its own tree. */
export const loopbackEnvironment: Environment = {
  hasScheduler: (name) => knownSchedulers.includes(name),
  hasEngine: (name) => knownEngines.includes(name),
  interfaceOf: (name) => (name === 'lo' ? loopback : undefined),
  isBroadcast: (address) => address === loopbackBroadcast,
  isLocal: () => false,
  ticksPerSecond: 100,
};

/** An interface that is up, as most are. */
const ethernet: NetworkInterface = { mtu: 1500, multicast: ['ip', 'ip6'] };

/** Some director, seen from another machine: it has every interface that somebody names, and its own addresses. */
export const remoteEnvironment: Environment = {
  ...loopbackEnvironment,
  interfaceOf: (name) => (name === 'lo' ? loopback : ethernet),
  isLocal: () => true,
};

/** A machine of which nothing is known, as for a compiler: whatever depends on the machine is accepted. */
export const unknownEnvironment: Environment = {
  ...remoteEnvironment,
  hasScheduler: () => true,
  hasEngine: () => true,
  interfaceOf: () => ethernet,
};

/** Whether the address is that of a group (224.0.0.0/4, ff00::/8). */
export function isMulticast(address: Address): boolean {
  // Every destination comes through here: the first octet of an IPv4 address is read off its text.
  return familyOf(address) === 'ip' ? Number.parseInt(address, 10) >> 4 === 0xe : addressBytes(address)[0] === 0xff;
}

/**
 * Whether a new destination may have this address (ip_vs_new_dest() in ip_vs_ctl.c; kernel reference, 2.3): one to
 * which packets can be routed.
 */
export function isDestinationAddress(address: Address, environment: Environment): boolean {
  if (isMulticast(address)) return false;
  if (familyOf(address) === 'ip') {
    return address !== '0.0.0.0' && address !== '255.255.255.255' && !environment.isBroadcast(address);
  }
  const mapped = address.startsWith('::ffff:') && address.includes('.');
  return address !== '::' && !mapped && (!isLinkLocal(address) || environment.isLocal(address));
}

/** fe80::/10. */
function isLinkLocal(address: Address): boolean {
  const [first = 0, second = 0] = addressBytes(address);
  return first === 0xfe && second >> 6 === 0b10;
}
