/** Owns random operations: over few keys, so that they meet each other, and often ones that the kernel refuses. */

import * as fc from 'fast-check';
import type { Netmask } from '../../grammar/value/netmask.ts';
import type { DaemonRole, DaemonSettings } from '../../src/model/daemon.ts';
import type { DestinationKey, DestinationSettings, Tunnel } from '../../src/model/destination.ts';
import type { Operation, OperationKind } from '../../src/model/operation.ts';
import { type ServiceKey, type ServiceSettings, serviceFamily } from '../../src/model/service.ts';
import { addressOf, destinationSettings, numberIn, record, serviceSettings } from './arbitrary.ts';

/** Mark 0 is the same service as TCP to port 0 of any address. */
const serviceKeys: readonly ServiceKey[] = [
  { kind: 'endpoint', protocol: 'tcp', address: addressOf('192.0.2.1'), port: 80 },
  { kind: 'endpoint', protocol: 'udp', address: addressOf('192.0.2.1'), port: 80 },
  { kind: 'endpoint', protocol: 'sctp', address: addressOf('224.0.0.1'), port: 65_535 },
  { kind: 'endpoint', protocol: 'tcp', address: addressOf('0.0.0.0'), port: 0 },
  { kind: 'endpoint', protocol: 'tcp', address: addressOf('2001:db8::1'), port: 80 },
  { kind: 'endpoint', protocol: 'tcp', address: addressOf('::'), port: 0 },
  { kind: 'endpoint', protocol: 'protocol-0', address: addressOf('192.0.2.1'), port: 80 },
  { kind: 'endpoint', protocol: 'protocol-65535', address: addressOf('fe80::1'), port: 1 },
  { kind: 'mark', family: 'ip', mark: 0 },
  { kind: 'mark', family: 'ip6', mark: 0 },
  { kind: 'mark', family: 'ip', mark: 7 },
  { kind: 'mark', family: 'ip6', mark: 7 },
  { kind: 'mark', family: 'ip', mark: 0xffff_ffff },
];

const acceptedAddresses = ['10.0.0.1', '10.0.0.2', '2001:db8::2', '2001:db8::3'].map(addressOf);

/** Every class of address that the kernel looks at, on both sides of each border. */
const specialAddresses = `0.0.0.0 0.0.0.1 127.0.0.0 127.0.0.1 127.255.255.255 169.254.0.1 223.255.255.255 224.0.0.1
  239.255.255.255 240.0.0.0 255.255.255.254 255.255.255.255 :: ::1 ::2 ::10.0.0.1 ::ffff:10.0.0.1 ::fffe:1:2 64:ff9b::1
  fc00::1 fe00::1 fe7f::1 fe80::1 febf::1 fec0::1 ff00::1 ff02::1 ffff::1`
  .split(/\s+/)
  .map(addressOf);

const serviceKey = fc.constantFrom(...serviceKeys);

const destinationKey: fc.Arbitrary<DestinationKey> = record({
  address: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...acceptedAddresses) },
    { weight: 1, arbitrary: fc.constantFrom(...specialAddresses) },
  ),
  port: fc.constantFrom(0, 80, 65_535),
});

/** A value of `usual`, and every now and then one of `odd`. */
function usually<Value>(usual: fc.Arbitrary<Value>, ...odd: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

function merge<Whole>([whole, change]: readonly [Whole, Partial<Whole>]): Whole {
  return { ...whole, ...change };
}

/** The names that no kernel knows cost a modprobe each, so they are rare. */
function oddServiceSettings(key: ServiceKey): fc.Arbitrary<ServiceSettings> {
  const odd: Partial<ServiceSettings>[] = [
    { scheduler: '' },
    { scheduler: 'none-such' },
    { scheduler: 'a/b' },
    { scheduler: 'fifteen-letters' },
    { scheduler: 'sixteen--letters' },
    { engine: 'none-such' },
    { engine: 'seventeen-letters' },
    { persistence: { timeout: 0, mask: (serviceFamily(key) === 'ip' ? '0.0.0.0' : '128') as Netmask } },
    ...(serviceFamily(key) === 'ip6' ? ['0', '1', '129'] : ['0.0.0.0']).map((mask) => ({
      persistence: { timeout: 60, mask: mask as Netmask },
    })),
  ];
  return fc.tuple(serviceSettings(key, 'read'), usually(fc.constant<Partial<ServiceSettings>>({}), ...odd)).map(merge);
}

const gueWithoutPort: Tunnel = { type: 'gue', port: 0, checksum: 'none' };

const oddDestinationSettings: fc.Arbitrary<DestinationSettings> = fc
  .tuple(
    destinationSettings('read'),
    usually(
      fc.constant<Partial<DestinationSettings>>({}),
      { weight: -1 },
      { weight: 0x8000_0000 },
      { weight: 0xffff_ffff },
      { upperThreshold: 0, lowerThreshold: 1 },
      { upperThreshold: 5, lowerThreshold: 5 },
      { upperThreshold: 0x8000_0000, lowerThreshold: 0 },
      { upperThreshold: 0x8000_0000, lowerThreshold: 0x8000_0001 },
      { forwarding: { method: 'tunnel', tunnel: gueWithoutPort } },
      { forwarding: { method: 'tunnel', tunnel: gueWithoutPort }, weight: -1 },
    ),
  )
  .map(merge);

/** 21474836 seconds are the most at 100 ticks a second. */
const seconds = fc.constantFrom(0, 1, 900, 21_474_836, 21_474_837, 0x7fff_ffff, 0xffff_ffff);

const role: fc.Arbitrary<DaemonRole> = fc.constantFrom('master', 'backup');

const daemonSettings: fc.Arbitrary<DaemonSettings> = record<DaemonSettings>(
  {
    interface: usually(fc.constant('lo'), '', 'none0', 'sixteen--letters'),
    syncId: fc.constantFrom(0, 255),
    group: usually(
      fc.constantFrom('224.0.0.81', '239.1.2.3', 'ff05::81').map(addressOf),
      ...['10.0.0.1', '2001:db8::1'].map(addressOf),
    ),
    port: numberIn({ from: 1, to: 65_535 }),
    ttl: numberIn({ from: 1, to: 255 }),
    maxLength: numberIn({ from: 1, to: 65_507 }),
  },
  'group',
  'port',
  'ttl',
  'maxLength',
);

type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;

/** The operations of one kind, from the parts that they have beside it. */
function operationOf<Kind extends OperationKind>(
  kind: Kind,
  parts: fc.Arbitrary<Omit<OperationOf<Kind>, 'kind' | 'origin'>>,
): fc.Arbitrary<Operation> {
  return parts.map((parts) => ({ kind, ...parts }) as OperationOf<Kind>);
}

const newOrSetService = serviceKey.chain((service) =>
  record({ service: fc.constant(service), settings: oddServiceSettings(service) }),
);
const newOrSetDestination = record({
  service: serviceKey,
  destination: destinationKey,
  settings: oddDestinationSettings,
});

/** One operation; those that wipe out much are rare. */
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 12, arbitrary: operationOf('new-service', newOrSetService) },
  { weight: 6, arbitrary: operationOf('set-service', newOrSetService) },
  { weight: 2, arbitrary: operationOf('delete-service', record({ service: serviceKey })) },
  { weight: 40, arbitrary: operationOf('new-destination', newOrSetDestination) },
  { weight: 20, arbitrary: operationOf('set-destination', newOrSetDestination) },
  {
    weight: 12,
    arbitrary: operationOf('delete-destination', record({ service: serviceKey, destination: destinationKey })),
  },
  {
    weight: 4,
    arbitrary: operationOf(
      'set-timeouts',
      record({ timeouts: record({ tcp: seconds, tcpFin: seconds, udp: seconds }) }),
    ),
  },
  {
    weight: 2,
    arbitrary: operationOf(
      'start-daemon',
      record({ daemon: role.chain((role) => record({ role: fc.constant(role), settings: daemonSettings })) }),
    ),
  },
  { weight: 3, arbitrary: operationOf('stop-daemon', record({ role })) },
  { weight: 2, arbitrary: operationOf('zero', record<{ service?: ServiceKey }>({ service: serviceKey }, 'service')) },
  { weight: 1, arbitrary: operationOf('flush', fc.constant({})) },
);

/** Operations in a row. */
export function operations(length: number): fc.Arbitrary<readonly Operation[]> {
  return fc.array(operation, { minLength: length, maxLength: length });
}
