/** Owns one example of every check of the kernel: the same for the simulation and for the kernel itself. */

import type { Errno } from '../../src/model/errno.ts';
import type { Operation } from '../../src/model/operation.ts';
import { addressOf } from './arbitrary.ts';
import {
  deleteDestination,
  deleteService,
  newDestination,
  newService,
  persistence,
  real,
  setDestination,
  setService,
  startDaemon,
  stopDaemon,
  tcp,
} from './operation.ts';

/** `operation` behind the accepted ones of `before`: its errno, or none if it is accepted, too. */
export interface RefusalCase {
  readonly name: string;
  readonly before: readonly Operation[];
  readonly operation: Operation;
  readonly errno?: Errno;
}

const v4 = tcp('192.0.2.1');
const v6 = tcp('2001:db8::1');
const web = real('10.0.0.1');
const webV6 = real('2001:db8::10');
const service = newService(v4);
const serviceV6 = newService(v6);
const tunnel = { forwarding: { method: 'tunnel', tunnel: { type: 'ipip' } } } as const;
const gue = { forwarding: { method: 'tunnel', tunnel: { type: 'gue', port: 0, checksum: 'none' } } } as const;
const missingTwice = { scheduler: 'none-such', engine: 'none-such' };

const manyDestinations = (count: number): Operation[] =>
  Array.from({ length: count }, (_, index) => newDestination(v4, real(`10.1.${index >> 8}.${index & 255}`)));

/** Each addition to `mh` fills its table anew, so they come before it. */
const fullMaglev = [service, ...manyDestinations(4093), setService(v4, { scheduler: 'mh' })];

function rows(errno: Errno | undefined, cases: Readonly<Record<string, readonly Operation[]>>): readonly RefusalCase[] {
  const list: RefusalCase[] = [];
  for (const [name, operations] of Object.entries(cases)) {
    const operation = operations.at(-1);
    if (operation === undefined) throw new Error(`the case "${name}" has no operation`);
    const before = operations.slice(0, -1);
    list.push({
      name: `${errno ?? 'accepted'}: ${name}`,
      before,
      operation,
      ...(errno === undefined ? {} : { errno }),
    });
  }
  return list;
}

function setTimeouts(tcp: number): Operation {
  return { kind: 'set-timeouts', timeouts: { tcp } };
}

const refusedAddresses = ['0.0.0.0', '255.255.255.255', '127.255.255.255', '224.0.0.1', '239.255.255.255'];
const refusedAddressesV6 = ['::', '::ffff:10.0.0.1', 'ff00::1', 'ff02::1', 'fe80::1', 'febf::1'];
const acceptedAddresses = [
  '0.0.0.1',
  '127.0.0.0',
  '127.0.0.1',
  '169.254.0.1',
  '223.255.255.255',
  '240.0.0.1',
  '255.255.255.254',
];
const acceptedAddressesV6 = [
  '::1',
  '::2',
  '::10.0.0.1',
  '::fffe:1:2',
  '64:ff9b::1',
  'fc00::1',
  'fe00::1',
  'fe7f::1',
  'fec0::1',
];

function addressCases(addresses: readonly string[], to: typeof v4, first: Operation): Record<string, Operation[]> {
  return Object.fromEntries(
    addresses.map((address) => [`destination ${address}`, [first, newDestination(to, real(address))]]),
  );
}

export const refusalCases: readonly RefusalCase[] = [
  ...rows('EINVAL', {
    'a scheduler name of 16 characters, though the service exists': [
      service,
      newService(v4, { scheduler: 'sixteen--letters' }),
    ],
    'an engine name of 17 characters, though there is no service': [setService(v4, { engine: 'seventeen-letters' })],
    'IPv6 prefix 0': [newService(v6, persistence('0'))],
    'IPv6 prefix 129': [newService(v6, persistence('129'))],
    'IPv6 prefix 129 in an edit': [serviceV6, setService(v6, persistence('129'))],
    'an edit to mh with 4094 destinations': [service, ...manyDestinations(4094), setService(v4, { scheduler: 'mh' })],
    'a destination of the other family, masqueraded': [service, newDestination(v4, webV6)],
    'a destination of the other family while a daemon runs': [
      service,
      startDaemon('backup'),
      newDestination(v4, webV6, tunnel),
    ],
    'mixed families before a negative weight': [service, newDestination(v4, webV6, { weight: -1 })],
    'an edit across families is refused before its destination is missed': [service, setDestination(v4, webV6)],
    'gue without a port': [service, newDestination(v4, web, gue)],
    'gue without a port, though the destination exists': [
      service,
      newDestination(v4, web),
      newDestination(v4, web, gue),
    ],
    'gue without a port in an edit of nothing': [service, setDestination(v4, web, gue)],
    ...addressCases(refusedAddresses, v4, service),
    ...addressCases(refusedAddressesV6, v6, serviceV6),
    'a timeout over 2^31-1 ticks': [setTimeouts(21_474_837)],
    'a daemon of a group that is none': [startDaemon('master', { group: addressOf('10.0.0.1') })],
    'a daemon of an IPv6 group that is none': [startDaemon('master', { group: addressOf('2001:db8::1') })],
    'a daemon on an interface with 16 characters': [startDaemon('master', { interface: 'sixteen--letters' })],
    'a daemon beside a destination of another family': [
      service,
      newDestination(v4, webV6, tunnel),
      startDaemon('master'),
    ],
    'no interface, but a group that is none': [
      startDaemon('master', { interface: 'none0', group: addressOf('10.0.0.1') }),
    ],
    'no interface, but mixed families': [
      service,
      newDestination(v4, webV6, tunnel),
      startDaemon('master', { interface: 'none0' }),
    ],
  }),
  ...rows('EEXIST', {
    'a service that is there': [service, newService(v4)],
    'a service that is there, with an unknown scheduler': [service, newService(v4, { scheduler: 'none-such' })],
    'mark 0 beside TCP to port 0 of any address': [
      newService(tcp('0.0.0.0', 0)),
      newService({ kind: 'mark', family: 'ip', mark: 0 }),
    ],
    'a destination that is there': [service, newDestination(v4, web), newDestination(v4, web, { weight: 9 })],
    'a daemon that runs, started for a group that is out of reach': [
      startDaemon('master'),
      startDaemon('master', { group: addressOf('ff02::81') }),
    ],
    'a daemon that runs': [startDaemon('master'), startDaemon('master', { syncId: 9 })],
  }),
  ...rows('ESRCH', {
    'an edit of no service': [setService(v4)],
    'an edit of no service with an unknown scheduler': [setService(v4, missingTwice)],
    'a deletion of no service': [deleteService(v4)],
    'a deletion of the same mark of the other family': [
      newService({ kind: 'mark', family: 'ip', mark: 7 }),
      deleteService({ kind: 'mark', family: 'ip6', mark: 7 }),
    ],
    'a destination for no service': [newDestination(v4, real('0.0.0.0'), { weight: -1 })],
    'an edit of a destination of no service': [setDestination(v4, web)],
    'a deletion of a destination of no service': [deleteDestination(v4, web)],
    'counters of no service': [{ kind: 'zero', service: v4 }],
    'a stop of no daemon': [startDaemon('master'), stopDaemon('backup')],
    'a second stop': [startDaemon('master'), stopDaemon('master'), stopDaemon('master')],
  }),
  ...rows('ENOENT', {
    'an unknown scheduler': [newService(v4, { scheduler: 'none-such' })],
    'an unknown scheduler of 15 characters': [newService(v4, { scheduler: 'fifteen-letters' })],
    'an unknown engine of 16 characters': [newService(v4, { engine: 'sixteen--letters' })],
    'an empty scheduler name': [newService(v4, { scheduler: '' })],
    'an unknown engine': [newService(v4, { engine: 'none-such' })],
    'an unknown scheduler in an edit': [service, setService(v4, { scheduler: 'none-such' })],
    'an unknown engine, before an impossible prefix': [newService(v6, { engine: 'none-such', ...persistence('129') })],
    'an edit of no destination': [service, setDestination(v4, web)],
    'an edit of no destination, to an impossible address': [service, setDestination(v4, real('0.0.0.0'))],
    'a deletion of no destination': [service, deleteDestination(v4, web)],
    'a deletion of a destination with another port': [
      service,
      newDestination(v4, web),
      deleteDestination(v4, real('10.0.0.1', 81)),
    ],
    'a deletion across families': [service, deleteDestination(v4, webV6)],
  }),
  ...rows('ERANGE', {
    'a negative weight': [service, newDestination(v4, web, { weight: -1 })],
    'a weight of 2^31': [service, newDestination(v4, web, { weight: 0x8000_0000 })],
    'a lower threshold above the upper one': [
      service,
      newDestination(v4, web, { upperThreshold: 4, lowerThreshold: 5 }),
    ],
    'a lower threshold without an upper one': [service, newDestination(v4, web, { lowerThreshold: 1 })],
    'a negative weight, though the destination exists': [
      service,
      newDestination(v4, web),
      newDestination(v4, web, { weight: -1 }),
    ],
    'a negative weight, though gue lacks its port': [service, newDestination(v4, web, { ...gue, weight: -1 })],
    'a negative weight in an edit of nothing': [service, setDestination(v4, web, { weight: -1 })],
  }),
  ...rows('ENETUNREACH', {
    'a master of an IPv6 group on lo': [startDaemon('master', { group: addressOf('ff02::81') })],
  }),
  ...rows('ENODEV', {
    'a daemon on no interface of 15 characters': [startDaemon('master', { interface: 'fifteen-letters' })],
    'a daemon on no interface': [startDaemon('master', { interface: 'none0' })],
    'a daemon on an interface without a name': [startDaemon('master', { interface: '' })],
    'a daemon that runs, but on no interface': [startDaemon('master'), startDaemon('master', { interface: 'none0' })],
  }),
  ...rows(undefined, {
    'the scheduler none': [newService(v4, { scheduler: 'none' })],
    'mark 0, found as TCP to port 0 of any address': [
      newService({ kind: 'mark', family: 'ip6', mark: 0 }),
      deleteService(tcp('::', 0)),
    ],
    'the same mark in both families': [
      newService({ kind: 'mark', family: 'ip', mark: 7 }),
      newService({ kind: 'mark', family: 'ip6', mark: 7 }),
    ],
    'IPv4 mask 0.0.0.0': [newService(v4, persistence('0.0.0.0'))],
    'IPv4 mask with holes': [newService(v4, persistence('255.0.255.1'))],
    'an edit to mh with 4093 destinations': [service, ...manyDestinations(4093), setService(v4, { scheduler: 'mh' })],
    'the 4094th destination of mh': [...fullMaglev, newDestination(v4, web)],
    'an edit of mh that has 4094 destinations': [
      ...fullMaglev,
      newDestination(v4, web),
      setService(v4, { scheduler: 'mh', flags: 8 }),
    ],
    'a tunnel to the other family': [service, newDestination(v4, webV6, tunnel)],
    'the largest weight': [service, newDestination(v4, web, { weight: 0x7fff_ffff })],
    'equal thresholds': [service, newDestination(v4, web, { upperThreshold: 5, lowerThreshold: 5 })],
    ...addressCases(acceptedAddresses, v4, service),
    ...addressCases(acceptedAddressesV6, v6, serviceV6),
    'the longest timeout': [setTimeouts(21_474_836)],
    'timeouts that all stay': [setTimeouts(0)],
    'a backup of an IPv6 group on lo': [startDaemon('backup', { group: addressOf('ff02::81') })],
    'both daemons': [startDaemon('master'), startDaemon('backup')],
    'a daemon behind the last destination of another family': [
      service,
      newDestination(v4, webV6, tunnel),
      deleteDestination(v4, webV6),
      startDaemon('master'),
    ],
    'counters of a service': [service, { kind: 'zero', service: v4 }],
    'counters of everything, of nothing': [{ kind: 'zero' }],
    'a flush of nothing': [{ kind: 'flush' }],
  }),
];
