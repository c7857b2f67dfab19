/** Owns the kernel's refusals: every check of every command, in the kernel's order (kernel reference, 2.2 to 2.4). */

import { familyOf } from '../../grammar/value/address.ts';
import {
  engineNameLength,
  interfaceNameLength,
  schedulerNameLength,
  weights,
  within,
} from '../../grammar/value/limits.ts';
import { type Daemon, type DaemonRole, daemonRoles } from '../model/daemon.ts';
import type { Destination, DestinationKey } from '../model/destination.ts';
import type { Errno } from '../model/errno.ts';
import type { Operation, OperationKind } from '../model/operation.ts';
import { type Service, type ServiceKey, serviceFamily } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import { timeoutNames } from '../model/timeouts.ts';
import { type Environment, isDestinationAddress, isMulticast } from './environment.ts';

/** What the kernel looks at beside the command itself. */
export interface Circumstances {
  readonly table: Table;
  readonly environment: Environment;
  /** The service that the command names, if it exists. */
  readonly service?: Service | undefined;
  /** The destination that the command names, if it exists. */
  readonly destination?: Destination | undefined;
  /** Whether that destination was deleted before and can be taken out of the trash. */
  readonly inTrash?: boolean;
}

/** The errno with which a command is refused that the predicate is true of. */
type Rule<Kind extends OperationKind> = readonly [
  errno: Errno,
  refused: (operation: Extract<Operation, { readonly kind: Kind }>, circumstances: Circumstances) => boolean,
];

/** The most destinations that `mh` takes: the slots of its table (CONFIG_IP_VS_MH_TAB_INDEX is 12 unless changed). */
const maglevSlots = 4093;

/** `ip_vs_genl_parse_service` and `ip_vs_genl_set_cmd`: most commands need the service that they name. */
const serviceExists: Rule<OperationKind> = ['ESRCH', (_operation, { service }) => service === undefined];

const destinationExists: Rule<OperationKind> = ['ENOENT', (_operation, { destination }) => destination === undefined];

/** The netlink layer's own check, in front of everything. */
const serviceNamesFit: Rule<'new-service' | 'set-service'> = [
  'EINVAL',
  ({ settings: { scheduler, engine = '' } }) =>
    scheduler.length > schedulerNameLength || engine.length > engineNameLength,
];

/** What `ip_vs_add_service` and `ip_vs_edit_service` check in common. */
const serviceSettings: readonly Rule<'new-service' | 'set-service'>[] = [
  [
    'ENOENT',
    ({ settings: { scheduler } }, { environment }) => scheduler !== 'none' && !environment.hasScheduler(scheduler),
  ],
  ['ENOENT', ({ settings: { engine } }, { environment }) => engine !== undefined && !environment.hasEngine(engine)],
  // Any 32 bits are a mask of IPv4 addresses; of IPv6 addresses only a prefix length is one.
  [
    'EINVAL',
    ({ service, settings: { persistence } }) =>
      persistence !== undefined &&
      serviceFamily(service) === 'ip6' &&
      !within(Number(persistence.mask), { from: 1, to: 128 }),
  ],
];

/** `ip_vs_genl_set_cmd`, then what `ip_vs_add_dest` and `ip_vs_edit_dest` check in common. */
const destinationSettings: readonly Rule<'new-destination' | 'set-destination'>[] = [
  serviceExists,
  ['EINVAL', ({ service, destination }, { table }) => isMixed(service, destination) && runsDaemon(table)],
  [
    'EINVAL',
    ({ service, destination, settings }) => isMixed(service, destination) && settings.forwarding.method !== 'tunnel',
  ],
  ['ERANGE', ({ settings }) => !within(settings.weight, weights)],
  ['ERANGE', ({ settings }) => settings.lowerThreshold > settings.upperThreshold],
  [
    'EINVAL',
    ({ settings: { forwarding } }) =>
      forwarding.method === 'tunnel' && forwarding.tunnel.type === 'gue' && forwarding.tunnel.port === 0,
  ],
];

const rules: { readonly [Kind in OperationKind]: readonly Rule<Kind>[] } = {
  'new-service': [serviceNamesFit, ['EEXIST', (_operation, { service }) => service !== undefined], ...serviceSettings],
  'set-service': [
    serviceNamesFit,
    serviceExists,
    ...serviceSettings,
    [
      'EINVAL',
      ({ settings: { scheduler } }, { service }) =>
        scheduler === 'mh' && service?.settings.scheduler !== 'mh' && (service?.destinations.size ?? 0) > maglevSlots,
    ],
  ],
  'delete-service': [serviceExists],
  'new-destination': [
    ...destinationSettings,
    ['EEXIST', (_operation, { destination }) => destination !== undefined],
    [
      'EINVAL',
      ({ destination }, { inTrash, environment }) =>
        inTrash !== true && !isDestinationAddress(destination.address, environment),
    ],
  ],
  'set-destination': [...destinationSettings, destinationExists],
  'delete-destination': [serviceExists, destinationExists],
  'set-timeouts': [
    [
      'EINVAL',
      ({ timeouts }, { environment }) =>
        timeoutNames.some((name) => (timeouts[name] ?? 0) > Math.floor(0x7fff_ffff / environment.ticksPerSecond)),
    ],
  ],
  'start-daemon': [
    ['EINVAL', ({ daemon: { settings } }) => settings.interface.length > interfaceNameLength],
    ['EINVAL', ({ daemon: { settings } }) => settings.group !== undefined && !isMulticast(settings.group)],
    ['EINVAL', (_operation, { table }) => hasMixedDestination(table)],
    ['ENODEV', ({ daemon }, { environment }) => environment.interfaceOf(daemon.settings.interface) === undefined],
    ['EEXIST', ({ daemon: { role } }, { table }) => isRunning(table, role)],
    // A master connects to its group; a backup only listens, even on an interface that is down.
    ['ENETUNREACH', ({ daemon }, { environment }) => daemon.role === 'master' && !reachesGroup(daemon, environment)],
  ],
  'stop-daemon': [['ESRCH', ({ role }, { table }) => !isRunning(table, role)]],
  zero: [['ESRCH', (operation, { service }) => operation.service !== undefined && service === undefined]],
  flush: [],
};

/** A destination of the other family than its service. */
function isMixed(service: ServiceKey, destination: DestinationKey): boolean {
  return familyOf(destination.address) !== serviceFamily(service);
}

function hasMixedDestination({ services }: Table): boolean {
  for (const { key, destinations } of services.values()) {
    for (const destination of destinations.values()) if (isMixed(key, destination.key)) return true;
  }
  return false;
}

/** A table that does not speak of a daemon starts from the kernel's beginning: none runs. */
function isRunning({ daemons }: Table, role: DaemonRole): boolean {
  return (daemons[role] ?? 'stopped') !== 'stopped';
}

function runsDaemon(table: Table): boolean {
  return daemonRoles.some((role) => isRunning(table, role));
}

function reachesGroup({ settings }: Daemon, { interfaceOf }: Environment): boolean {
  const family = settings.group === undefined ? 'ip' : familyOf(settings.group);
  return interfaceOf(settings.interface)?.multicast.includes(family) === true;
}

/** The errno of the first check that the operation fails; undefined if the kernel executes it. */
export function refusalOf(operation: Operation, circumstances: Circumstances): Errno | undefined {
  // A rule is looked up by the kind of the operation that it is given: the pair always fits.
  for (const [errno, refused] of rules[operation.kind] as readonly Rule<OperationKind>[]) {
    if (refused(operation, circumstances)) return errno;
  }
  return undefined;
}
