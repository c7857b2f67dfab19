/** Owns the IPVS table of one network namespace: the one type that both languages, JSON and the kernel are read into. */

import type { Daemon, DaemonRole } from './daemon.ts';
import type { Service, ServiceId } from './service.ts';
import type { Timeouts } from './timeouts.ts';

/**
 * A daemon as a table speaks of it: running with these settings, or `stopped`. A desired table that does not mention
 * a role leaves it alone, as `ipvsadm -R` does; a table that was read mentions both.
 */
export type DaemonState = Daemon | 'stopped';

/** `all`: what the table does not name is to go. `declared`: other services are somebody else's and stay. */
export type Ownership = 'all' | 'declared';

/** A table as desired or as read. What is absent is not spoken of, and so never changed. */
export interface Table {
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly timeouts: Timeouts;
  readonly daemons: Readonly<Partial<Record<DaemonRole, DaemonState>>>;
  /** Only in a desired table, and only if it says so itself. Never part of a comparison. */
  readonly owns?: Ownership;
}

/** No services, and nothing said about timeouts and daemons. */
export const emptyTable: Table = { services: new Map(), timeouts: {}, daemons: {} };

/** How many destinations all services of a table have together. */
export function countDestinations(table: Table): number {
  let count = 0;
  for (const { destinations } of table.services.values()) count += destinations.size;
  return count;
}
