/** Owns what ipvsadm says when the kernel refuses (ipvsadm reference, 4.3). */

import type { Errno } from '../../model/errno.ts';
import type { OperationKind } from '../../model/operation.ts';

/** An operation, or the reading of one service. */
type Attempt = OperationKind | 'get-service';

const noService = { ESRCH: 'No such service' };
const noScheduler = { ENOENT: 'Scheduler or persistence engine not found' };
const noDestination = { ESRCH: 'Service not defined', ENOENT: 'No such destination' };

/** The errors that mean something of their own to an operation. */
const ownMeanings: Readonly<Partial<Record<Attempt, Readonly<Record<Errno, string>>>>> = {
  'new-service': { EEXIST: 'Service already exists', ...noScheduler },
  'set-service': { ...noService, ...noScheduler },
  'delete-service': noService,
  'get-service': noService,
  zero: noService,
  'new-destination': { ESRCH: 'Service not defined', EEXIST: 'Destination already exists' },
  'set-destination': noDestination,
  'delete-destination': noDestination,
  'start-daemon': { EEXIST: 'Daemon has already run' },
  'stop-daemon': { ESRCH: 'No daemon is running' },
};

/** What an error means to every operation: first ipvsadm's own words, then those of the C library (glibc 2.36). */
const meanings: Readonly<Record<Errno, string>> = {
  EPERM: 'Permission denied (you must be root)',
  EINVAL: 'Invalid operation.  Possibly wrong module version, address not unicast, ...',
  ENOPROTOOPT: 'Protocol not available',
  ENOMEM: 'Memory allocation problem',
  EOPNOTSUPP: 'Operation not supported with IPv6',
  EAFNOSUPPORT: 'Operation not supported with specified address family',
  EMSGSIZE: 'Module is wrong version',

  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  EAGAIN: 'Resource temporarily unavailable',
  EACCES: 'Permission denied',
  EFAULT: 'Bad address',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  ENODEV: 'No such device',
  ENFILE: 'Too many open files in system',
  EMFILE: 'Too many open files',
  ENOSPC: 'No space left on device',
  ERANGE: 'Numerical result out of range',
  ENOSYS: 'Function not implemented',
  EPROTO: 'Protocol error',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  ENETDOWN: 'Network is down',
  ENETUNREACH: 'Network is unreachable',
  ENOBUFS: 'No buffer space available',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
};

/** The line for standard error. An error that is not in the table is named by its symbol. */
export function kernelMessage(attempt: Attempt, errno: Errno): string {
  return ownMeanings[attempt]?.[errno] ?? meanings[errno] ?? errno;
}
