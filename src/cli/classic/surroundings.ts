/** Owns what a run of ipvsadm may touch of its machine, so that tests can run many of them in one process. */

import type { ListingPort } from '../../apply/port.ts';
import { type Host, ownHost } from '../host.ts';
import { type NameService, openNames } from './names.ts';

/** A process and a machine. */
export interface Surroundings extends Host {
  /** Opens the kernel; rejects with a KernelFault. */
  readonly openKernel: () => Promise<ListingPort>;
  /** The text of /proc/net/ip_vs_conn, a character a byte. */
  readonly readConnections: () => Promise<string>;
  readonly names: NameService;
}

/** The process that runs, and its machine. */
export function ownSurroundings(): Surroundings {
  // Not a spread, which would open the standard streams.
  return Object.assign(ownHost(), {
    openKernel: async () => {
      const { openNetlink } = await import('../../kernel/netlink-port.ts');
      return openNetlink({ loadModule: async (name: string) => (await import('./load-module.ts')).loadModule(name) });
    },
    readConnections: async () => (await import('../../kernel/connection-table.ts')).readConnectionTable(),
    names: openNames(),
  });
}
