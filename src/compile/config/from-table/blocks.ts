/** Owns the shape of a table as a person would write it: services that are alike in one block, their backends in a pool. */

import { type Address, compareAddresses, familyOf } from '../../../../grammar/value/address.ts';
import type { Family } from '../../../../grammar/value/family.ts';
import type { Destination, DestinationSettings, Forwarding } from '../../../model/destination.ts';
import {
  type Removal,
  type Service,
  type ServiceKey,
  type ServiceSettings,
  compareServiceKeys,
  serviceFamily,
  serviceId,
} from '../../../model/service.ts';

/** A backend without its service. */
export interface BlockMember {
  readonly address: Address;
  readonly settings: DestinationSettings;
  readonly initial: boolean;
  readonly name?: string;
  /** Absent: the port of the block, or of the listener. */
  readonly port?: number;
  /** The service has the other address family. */
  readonly crosses: boolean;
}

/** Backends that several blocks may share: equal lists have equal keys. */
export interface BlockPool {
  readonly key: string;
  readonly members: readonly BlockMember[];
  /** The method of all members, if it is one. */
  readonly forwarding?: Forwarding;
}

/** One `service`: every listener has the same settings and the same backends. */
export interface Block {
  readonly listeners: readonly ServiceKey[];
  readonly settings: ServiceSettings;
  readonly family: Family;
  readonly pool: BlockPool;
  /** The port of all backends where it is not the listener's. */
  readonly port?: number;
  readonly name?: string;
  readonly description?: string;
  readonly onRemove?: Removal;
}

/** Whether a backend's port can differ from the listener's at all. */
const hasOwnPort = (service: ServiceKey, { settings }: Destination): boolean =>
  service.kind === 'mark' || settings.forwarding.method === 'masquerade';

/** The port that all backends have in common and the listener has not. */
function commonPort({ key, destinations }: Service): number | undefined {
  const ports = new Set(
    [...destinations.values()]
      .filter((destination) => hasOwnPort(key, destination))
      .map((destination) => destination.key.port),
  );
  const [port] = ports;
  const inherited = key.kind === 'mark' ? 0 : key.port;
  return ports.size === 1 && port !== inherited ? port : undefined;
}

function memberOf({ key: service }: Service, destination: Destination, common: number | undefined): BlockMember {
  const { key, settings, name, weightIsInitial } = destination;
  const inherited = common ?? (service.kind === 'mark' ? 0 : service.port);
  const own = hasOwnPort(service, destination) && key.port !== inherited;
  return {
    address: key.address,
    settings,
    initial: weightIsInitial === true,
    ...(name !== undefined && { name }),
    ...(own && { port: key.port }),
    crosses: familyOf(key.address) !== serviceFamily(service),
  };
}

/** The one forwarding method of all members. */
function commonForwarding(members: readonly BlockMember[]): Forwarding | undefined {
  const [first, ...others] = members.map(({ settings }) => settings.forwarding);
  const text = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === text) ? first : undefined;
}

function poolOf(members: readonly BlockMember[]): BlockPool {
  const forwarding = commonForwarding(members);
  return { key: JSON.stringify(members), members, ...(forwarding && { forwarding }) };
}

/** The services of a table as blocks, in the order of their first listeners. */
export function blocksOf(services: Iterable<Service>): readonly Block[] {
  const blocks = new Map<string, Block & { readonly listeners: ServiceKey[] }>();
  for (const service of [...services].sort((left, right) => compareServiceKeys(left.key, right.key))) {
    const { key, settings, name, description, onRemove } = service;
    const port = commonPort(service);
    const pool = poolOf([...service.destinations.values()].map((destination) => memberOf(service, destination, port)));
    const kind = key.kind === 'mark' ? 'mark' : key.protocol;
    // Services without backends have nothing in common.
    const alone = pool.members.length === 0 ? serviceId(key) : '';
    const family = serviceFamily(key);
    const alike = JSON.stringify([kind, family, settings, port, name, description, onRemove, alone, pool.key]);
    const block = blocks.get(alike);
    if (block !== undefined) block.listeners.push(key);
    else {
      blocks.set(alike, {
        listeners: [key],
        settings,
        family,
        pool,
        ...(port !== undefined && { port }),
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(onRemove && { onRemove }),
      });
    }
  }
  return [...blocks.values()];
}

/** The lowest address of a pool, which stands for it in names. */
export function lowestAddress({ members }: BlockPool): Address | undefined {
  const [lowest] = members.map(({ address }) => address).sort(compareAddresses);
  return lowest;
}
