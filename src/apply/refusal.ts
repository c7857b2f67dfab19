/** Owns a refusal in words: what was asked of the kernel, and what its errno means for that. */

import type { Refusal } from '../model/errno.ts';
import { destinationId } from '../model/destination.ts';
import type { Operation, OperationKind } from '../model/operation.ts';
import { serviceId } from '../model/service.ts';

/** An operation in words: `add backend 10.0.0.2 port 80 to service tcp 192.0.2.1 port 80`. */
export function operationText(operation: Operation): string {
  switch (operation.kind) {
    case 'new-service':
      return `add service ${serviceId(operation.service)}`;
    case 'set-service':
      return `edit service ${serviceId(operation.service)}`;
    case 'delete-service':
      return `remove service ${serviceId(operation.service)}`;
    case 'new-destination':
      return `add backend ${destinationId(operation.destination)} to service ${serviceId(operation.service)}`;
    case 'set-destination':
      return `edit backend ${destinationId(operation.destination)} of service ${serviceId(operation.service)}`;
    case 'delete-destination':
      return `remove backend ${destinationId(operation.destination)} from service ${serviceId(operation.service)}`;
    case 'set-timeouts':
      return 'set the timeouts';
    case 'start-daemon':
      return `start sync ${operation.daemon.role}`;
    case 'stop-daemon':
      return `stop sync ${operation.role}`;
    case 'zero':
      return operation.service === undefined ? 'zero all counters' : `zero service ${serviceId(operation.service)}`;
    case 'flush':
      return 'remove all services';
  }
}

/** What an errno means where; `*` is for every other operation (kernel reference, 2.5 and 2.4). */
const meanings: Readonly<Partial<Record<OperationKind | '*', Readonly<Record<string, string>>>>> = {
  'new-service': {
    EEXIST: 'the service exists: another program has added it',
    ENOENT: 'this kernel has no such scheduler or persistence engine',
    EINVAL: 'the kernel takes no such service (for IPv6: a persistence prefix of 1 to 128)',
  },
  'set-service': {
    ESRCH: 'the service is gone: another program has removed it',
    ENOENT: 'this kernel has no such scheduler or persistence engine',
    EINVAL: 'the kernel takes no such settings (the scheduler mh has room for 4093 backends)',
  },
  'delete-service': { ESRCH: 'the service is gone: another program has removed it' },
  'new-destination': {
    EEXIST: 'the backend exists: another program has added it',
    ESRCH: 'the service is gone: another program has removed it, or it could not be added',
    EINVAL:
      "the kernel takes no such backend: its address must route as unicast or local from here, another family than the service's needs a tunnel and no running sync daemon, and a GUE tunnel needs a port",
    ERANGE: 'the weight is negative, or the lower threshold is above the upper one',
  },
  'set-destination': {
    ESRCH: 'the service is gone: another program has removed it',
    ENOENT: 'the backend is gone: another program has removed it',
    EINVAL:
      "the kernel takes no such settings: another family than the service's needs a tunnel and no running sync daemon, and a GUE tunnel needs a port",
    ERANGE: 'the weight is negative, or the lower threshold is above the upper one',
  },
  'delete-destination': {
    ESRCH: 'the service is gone: another program has removed it',
    ENOENT: 'the backend is gone: another program has removed it',
  },
  'set-timeouts': { EINVAL: 'a timeout is longer than the kernel can count' },
  'start-daemon': {
    EEXIST: 'the daemon runs: another program has started it',
    ENODEV: 'there is no such network interface',
    EINVAL: "the multicast group is none, or a backend of another family than its service's excludes sync daemons",
    ENETUNREACH: 'the interface has no route to the multicast group',
  },
  'stop-daemon': { ESRCH: 'the daemon does not run: another program has stopped it' },
  '*': {
    EPERM: 'CAP_NET_ADMIN in the initial user namespace is needed',
    ENOMEM: 'the kernel has no memory left',
    EAFNOSUPPORT: 'this kernel has no IPv6',
    EOPNOTSUPP: 'this kernel does not know the command',
    ENOBUFS: 'the kernel had no room to answer',
  },
};

/** An errno in words, for the operation that it answers; the bare name if nothing is known about it. */
export function errnoText({ operation, errno }: Refusal): string {
  const meaning = meanings[operation.kind]?.[errno] ?? meanings['*']?.[errno];
  return meaning === undefined ? errno : `${errno}, ${meaning}`;
}

const interference: ReadonlySet<string> = new Set([
  'new-service EEXIST',
  'set-service ESRCH',
  'delete-service ESRCH',
  'new-destination EEXIST',
  'set-destination ESRCH',
  'set-destination ENOENT',
  'delete-destination ESRCH',
  'delete-destination ENOENT',
  'start-daemon EEXIST',
  'stop-daemon ESRCH',
]);

/** Whether a refusal proves that another program changed the table in the meantime. */
export function provesInterference({ operation, errno }: Refusal): boolean {
  return interference.has(`${operation.kind} ${errno}`);
}
