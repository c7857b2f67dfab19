/** Owns the editable attributes by name: one table that tells whether settings are equal and how a difference reads. */

import { flagWords } from '../../grammar/value/scheduler-flags.ts';
import type { DaemonSettings } from '../model/daemon.ts';
import type { DestinationSettings, Forwarding, Tunnel } from '../model/destination.ts';
import type { ServiceSettings } from '../model/service.ts';
import type { Timeouts } from '../model/timeouts.ts';

/** A value in the words of the config language; equal settings have equal values. */
export type AttributeValue = string | number;

/** One attribute of some settings. Undefined: nothing is said about it, so it is not compared. */
export interface Attribute<Settings> {
  readonly name: string;
  readonly read: (settings: Settings) => AttributeValue | undefined;
}

/** An attribute that two settings disagree on. */
export interface AttributeChange {
  readonly name: string;
  /** Undefined: not known. */
  readonly before: AttributeValue | undefined;
  readonly after: AttributeValue;
}

/** The scheduler's flags belong to its name: the same bits mean something else for another scheduler. */
export const serviceAttributes: readonly Attribute<ServiceSettings>[] = [
  {
    name: 'scheduler',
    read: ({ scheduler, flags }) =>
      flags === 0 ? scheduler : `${scheduler} (${flagWords(flags, scheduler).join(', ')})`,
  },
  { name: 'persist', read: ({ persistence }) => (persistence === undefined ? 'no' : `${persistence.timeout}s`) },
  { name: 'mask', read: ({ persistence }) => persistence?.mask ?? 'none' },
  { name: 'engine', read: ({ engine }) => engine ?? 'none' },
  { name: 'one-packet', read: ({ onePacket }) => (onePacket ? 'yes' : 'no') },
];

/** In the order in which a destination is written. */
export const destinationAttributes: readonly Attribute<DestinationSettings>[] = [
  { name: 'forward', read: ({ forwarding }) => forwardingText(forwarding) },
  { name: 'weight', read: ({ weight }) => weight },
  { name: 'upper', read: ({ upperThreshold }) => upperThreshold },
  { name: 'lower', read: ({ lowerThreshold }) => lowerThreshold },
];

/** Every timeout, in seconds. */
export const timeoutAttributes: readonly Attribute<Timeouts>[] = [
  { name: 'tcp', read: ({ tcp }) => tcp },
  { name: 'tcp-fin', read: ({ tcpFin }) => tcpFin },
  { name: 'udp', read: ({ udp }) => udp },
];

/** What a synchronisation daemon is started with. */
export const daemonAttributes: readonly Attribute<DaemonSettings>[] = [
  { name: 'interface', read: (settings) => settings.interface },
  { name: 'id', read: ({ syncId }) => syncId },
  { name: 'group', read: ({ group }) => group },
  { name: 'port', read: ({ port }) => port },
  { name: 'ttl', read: ({ ttl }) => ttl },
  { name: 'max-length', read: ({ maxLength }) => maxLength },
];

/** What `after` says differently from `before`; what it does not speak of is left out. */
export function attributeChanges<Settings>(
  attributes: readonly Attribute<Settings>[],
  before: Settings,
  after: Settings,
): readonly AttributeChange[] {
  const changes: AttributeChange[] = [];
  for (const { name, read } of attributes) {
    const [old, wanted] = [read(before), read(after)];
    if (wanted !== undefined && wanted !== old) changes.push({ name, before: old, after: wanted });
  }
  return changes;
}

/** Whether there are any: asked for each object of a table, so that no list is made of them. */
export function differ<Settings>(
  attributes: readonly Attribute<Settings>[],
  before: Settings,
  after: Settings,
): boolean {
  return attributes.some(({ read }) => {
    const wanted = read(after);
    return wanted !== undefined && wanted !== read(before);
  });
}

/** Every attribute in the order of its table; null for what nothing is said about. */
export function attributeValues<Settings>(
  attributes: readonly Attribute<Settings>[],
  settings: Settings,
): readonly (AttributeValue | null)[] {
  return attributes.map(({ read }) => read(settings) ?? null);
}

/** A forwarding method in the words of the config language. */
export function forwardingText(forwarding: Forwarding): string {
  switch (forwarding.method) {
    case 'masquerade':
      return 'masq';
    case 'direct':
      return 'dr';
    case 'tunnel':
      return tunnelText(forwarding.tunnel);
    case 'local':
    default:
      return forwarding.method;
  }
}

const checksumWords = { none: '', plain: ' csum', remote: ' remcsum' } as const;

function tunnelText(tunnel: Tunnel): string {
  switch (tunnel.type) {
    case 'ipip':
      return 'tunnel';
    case 'gue':
      return `tunnel gue port ${tunnel.port}${checksumWords[tunnel.checksum]}`;
    case 'gre':
      return `tunnel gre${checksumWords[tunnel.checksum]}`;
    default:
      return `tunnel ${tunnel.type} port ${tunnel.port} flags ${tunnel.flags}`;
  }
}
