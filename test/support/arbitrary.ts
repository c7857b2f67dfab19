/** Owns random model values for property tests: keys, settings, services, whole tables. */

import * as fc from 'fast-check';
import { type Address, addressFromBytes, parseAddress } from '../../grammar/value/address.ts';
import type { Family } from '../../grammar/value/family.ts';
import {
  type Range,
  marks,
  multicastPorts,
  multicastTtls,
  persistenceSeconds,
  syncIds,
  syncMessageBytes,
  thresholds,
  weights,
} from '../../grammar/value/limits.ts';
import { type Netmask, hostMask, parseNetmask } from '../../grammar/value/netmask.ts';
import type { Protocol } from '../../grammar/value/protocol.ts';
import { schedulerFlagBits } from '../../grammar/value/scheduler-flags.ts';
import type { Daemon, DaemonRole, DaemonSettings } from '../../src/model/daemon.ts';
import {
  type Destination,
  type DestinationSettings,
  type Forwarding,
  type Tunnel,
  destinationId,
} from '../../src/model/destination.ts';
import {
  type Service,
  type ServiceKey,
  type ServiceSettings,
  serviceFamily,
  serviceId,
} from '../../src/model/service.ts';
import type { DaemonState, Table } from '../../src/model/table.ts';
import type { Timeouts } from '../../src/model/timeouts.ts';

/**
 * `writable` values can be written in both languages and are accepted by the kernel. `read` ones are all that a live
 * table may hold: other protocols, methods and tunnels, ports that direct routing ignores.
 */
export type Reach = 'writable' | 'read';

/** Every scheduler that the test kernel has. */
const schedulers = 'rr wrr lc wlc lblc lblcr dh sh mh sed nq fo ovf none'.split(' ');

/** A number of a range, its ends more often than others. */
export function numberIn({ from, to }: Range): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(from, to) },
    { weight: 4, arbitrary: fc.integer({ min: from, max: to }) },
  );
}

/** The address of a text that is one. */
export function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}

/** Objects as programs make them: with a prototype, and without the properties that are absent. */
export function record<Whole extends object>(
  fields: { readonly [Field in keyof Whole]-?: fc.Arbitrary<NonNullable<Whole[Field]>> },
  ...optional: readonly (keyof Whole)[]
): fc.Arbitrary<Whole> {
  const requiredKeys = (Object.keys(fields) as (keyof Whole)[]).filter((key) => !optional.includes(key));
  return fc.record(fields, { requiredKeys, noNullPrototype: true });
}

const family: fc.Arbitrary<Family> = fc.constantFrom('ip', 'ip6');

/** Any address of a family. */
function address(family: Family): fc.Arbitrary<Address> {
  const length = family === 'ip' ? 4 : 16;
  // Mostly zeros make the addresses whose texts have `::` at every place, and dotted quads.
  const byte = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
  return fc
    .array(byte, { minLength: length, maxLength: length })
    .map((bytes) => addressFromBytes(Uint8Array.from(bytes), family));
}

/** An address that the kernel takes for a destination, whatever the director's routes are. */
function destinationAddress(family: Family): fc.Arbitrary<Address> {
  const near =
    family === 'ip'
      ? ['10.0.0.1', '10.0.0.2', '10.0.0.10', '192.0.2.7', '127.0.0.1']
      : ['2001:db8::1', '2001:db8::2', 'fc00::1', '::1'];
  const [first, length] =
    family === 'ip' ? [fc.integer({ min: 1, max: 126 }), 4] : [fc.integer({ min: 0x20, max: 0x3f }), 16];
  const far = fc
    .tuple(first, fc.uint8Array({ minLength: length - 1, maxLength: length - 1 }))
    .map(([first, rest]) => addressFromBytes(Uint8Array.of(first, ...rest), family));
  return fc.oneof(fc.constantFrom(...near).map(addressOf), far);
}

const port = numberIn({ from: 1, to: 65_535 });

function protocol(reach: Reach): fc.Arbitrary<Protocol> {
  const writable = fc.constantFrom<Protocol>('tcp', 'udp', 'sctp');
  const other = fc.constantFrom<Protocol>('protocol-0', 'protocol-50', 'protocol-65535');
  return reach === 'writable'
    ? writable
    : fc.oneof({ weight: 5, arbitrary: writable }, { weight: 1, arbitrary: other });
}

function serviceKey(reach: Reach): fc.Arbitrary<ServiceKey> {
  const endpoint = (family: Family): fc.Arbitrary<ServiceKey> =>
    record({
      kind: fc.constant('endpoint' as const),
      protocol: protocol(reach),
      address: address(family),
      port: fc.oneof(port, fc.constant(0)),
    });
  const mark = record<ServiceKey & { kind: 'mark' }>({ kind: fc.constant('mark'), family, mark: numberIn(marks) });
  return fc.oneof({ weight: 3, arbitrary: family.chain(endpoint) }, { weight: 1, arbitrary: mark });
}

function netmask(family: Family): fc.Arbitrary<Netmask> {
  const text = family === 'ip' ? address('ip') : fc.integer({ min: 1, max: 128 }).map(String);
  return fc.oneof(
    fc.constant(hostMask(family)),
    text.map((text) => parseNetmask(text, family) ?? hostMask(family)),
  );
}

/** What a service with this key may be set to. */
export function serviceSettings(key: ServiceKey, reach: Reach): fc.Arbitrary<ServiceSettings> {
  const datagrams = key.kind === 'mark' || key.protocol === 'udp' || reach === 'read';
  // Port 0 takes the connections of every port, which only persistence holds together.
  const everyPort = key.kind === 'endpoint' && key.port === 0 && reach === 'writable';
  return record<ServiceSettings>(
    {
      scheduler: fc.constantFrom(...schedulers),
      flags: fc.integer({ min: 0, max: 7 }).map((bits) => (bits << 3) & schedulerFlagBits),
      persistence: record({ timeout: numberIn(persistenceSeconds), mask: netmask(serviceFamily(key)) }),
      engine: fc.constant('sip'),
      onePacket: datagrams ? fc.boolean() : fc.constant(false),
    },
    'engine',
    ...(everyPort ? [] : (['persistence'] as const)),
  );
}

function tunnel(reach: Reach): fc.Arbitrary<Tunnel> {
  const checksum = fc.constantFrom('none' as const, 'plain' as const, 'remote' as const);
  const known: fc.Arbitrary<Tunnel> = fc.oneof(
    fc.constant({ type: 'ipip' as const }),
    record({ type: fc.constant('gue' as const), port, checksum }),
    record({ type: fc.constant('gre' as const), checksum: fc.constantFrom('none' as const, 'plain' as const) }),
  );
  if (reach === 'writable') return known;
  const flags = fc.integer({ min: 0, max: 65_535 });
  const other = record({ type: fc.constant('type-9' as const), port: fc.oneof(fc.constant(0), port), flags });
  return fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: other });
}

function forwarding(reach: Reach): fc.Arbitrary<Forwarding> {
  const tunnelled = record({ method: fc.constant('tunnel' as const), tunnel: tunnel(reach) });
  const bare = fc.constantFrom<Forwarding>({ method: 'masquerade' }, { method: 'direct' });
  const other = fc.constantFrom<Forwarding>({ method: 'local' }, { method: 'method-4' }, { method: 'method-7' });
  return fc.oneof(
    { weight: 6, arbitrary: bare },
    { weight: 3, arbitrary: tunnelled },
    { weight: reach === 'writable' ? 0 : 1, arbitrary: other },
  );
}

/** What a destination may be set to, with any forwarding method. */
export function destinationSettings(reach: Reach): fc.Arbitrary<DestinationSettings> {
  const weight = fc.oneof(fc.integer({ min: 0, max: 4 }), numberIn(weights));
  const limits = fc.oneof(fc.constant([0, 0]), fc.tuple(numberIn(thresholds), numberIn(thresholds)));
  return fc.tuple(forwarding(reach), weight, limits).map(([forwarding, weight, limits]) => ({
    forwarding,
    weight,
    upperThreshold: Math.max(...limits),
    lowerThreshold: Math.min(...limits),
  }));
}

/** A destination that fits into a service. `mixed`: tunnels may lead to the other family. */
export function destination(service: ServiceKey, reach: Reach, mixed: boolean): fc.Arbitrary<Destination> {
  return fc.tuple(destinationSettings(reach), family, port).chain(([settings, anyFamily, anyPort]) => {
    const { method } = settings.forwarding;
    const family = mixed && method === 'tunnel' ? anyFamily : serviceFamily(service);
    // Direct routing and tunnels leave the port as it is, so ipvsadm writes down the service's.
    const fixed = reach === 'writable' && method !== 'masquerade' && service.kind === 'endpoint';
    const port = fixed ? service.port : anyPort;
    return destinationAddress(family).map((address): Destination => ({ key: { address, port }, settings }));
  });
}

/** A service with up to 5 destinations. */
function service(reach: Reach, mixed = true): fc.Arbitrary<Service> {
  return serviceKey(reach).chain((key) => {
    const destinations = fc.array(destination(key, reach, mixed), { maxLength: 5 });
    return fc.tuple(serviceSettings(key, reach), destinations).map(([settings, list]) => ({
      key,
      settings,
      destinations: new Map(list.map((destination) => [destinationId(destination.key), destination])),
    }));
  });
}

/** Any of the three, or none. */
const timeouts: fc.Arbitrary<Timeouts> = record<Omit<Timeouts, 'origin'>>(
  { tcp: numberIn(persistenceSeconds), tcpFin: numberIn(persistenceSeconds), udp: numberIn(persistenceSeconds) },
  'tcp',
  'tcpFin',
  'udp',
);

/** A daemon on `lo`, the one interface that every namespace has. */
function daemon(role: DaemonRole): fc.Arbitrary<Daemon> {
  const settings = record<DaemonSettings>(
    {
      interface: fc.constant('lo'),
      syncId: numberIn(syncIds),
      group: fc.constantFrom('224.0.0.81', '239.1.2.3').map(addressOf),
      port: numberIn(multicastPorts),
      ttl: numberIn(multicastTtls),
      maxLength: numberIn(syncMessageBytes),
    },
    'group',
    'port',
    'ttl',
    'maxLength',
  );
  return settings.map((settings) => ({ role, settings }));
}

/** A whole table. Tunnels across families and daemons exclude each other, as they do in the kernel. */
export function table(reach: Reach): fc.Arbitrary<Table> {
  return fc.boolean().chain((synchronised) => {
    const role = (role: DaemonRole): fc.Arbitrary<DaemonState> =>
      synchronised ? fc.oneof(daemon(role), fc.constant('stopped' as const)) : fc.constant('stopped' as const);
    const daemons = record<Table['daemons']>({ master: role('master'), backup: role('backup') }, 'master', 'backup');
    const services = fc.array(service(reach, !synchronised), { maxLength: 6 });
    return fc.tuple(services, timeouts, daemons).map(([list, timeouts, daemons]) => ({
      services: new Map(list.map((service) => [serviceId(service.key), service])),
      timeouts,
      daemons,
    }));
  });
}
