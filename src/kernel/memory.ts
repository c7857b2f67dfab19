/** Owns the memory kernel: an IPVS without a kernel, for laptops, CI and tests; what it refuses, the kernel refuses. */

import type { DumpOptions, DumpPart, ListingPort } from '../apply/port.ts';
import { listOf, noCounters, type ServiceActivity, type Snapshot } from '../model/activity.ts';
import { daemonRoles } from '../model/daemon.ts';
import type { Refusal } from '../model/errno.ts';
import type { Operation } from '../model/operation.ts';
import { type ServiceId, type ServiceKey, serviceId } from '../model/service.ts';
import { type Table, emptyTable } from '../model/table.ts';
import { kernelDefaultTimeouts } from '../model/timeouts.ts';
import { type Environment, loopbackEnvironment } from '../simulate/environment.ts';
import { runningDaemon } from '../simulate/running-daemon.ts';
import { openSimulation } from '../simulate/simulation.ts';
import { openTableFile } from './memory-file.ts';

/** Where a memory kernel keeps its table, and what is around it. */
export interface MemoryOptions {
  /** A JSON file that holds the table from one run to the next; it is made if it is missing. */
  readonly file?: string;
  /** By default only `lo` exists, and every scheduler and engine of the kernel's own tree. */
  readonly environment?: Environment;
}

/** As the real one does with its default buffers. */
const maxBatch = 128;

/**
 * Opens a memory kernel. Rejects with a KernelFault of the kind `failed` if the file is none of ours, or can't be read
 * or written. Several may have one file open, in several processes, as long as they write one after the other.
 */
export async function openMemory({
  file,
  environment = loopbackEnvironment,
}: MemoryOptions = {}): Promise<ListingPort> {
  const storage = file === undefined ? undefined : openTableFile(file);
  let simulation = openSimulation(complete(storage?.changed() ?? emptyTable), environment);

  /** What another port wrote into the file since we last looked. */
  function refresh(): void {
    const changed = storage?.changed();
    if (changed !== undefined) simulation = openSimulation(complete(changed), environment);
  }

  return {
    maxBatch,
    info: async () => ({ version: '1.2.1', connectionTableSize: 4096 }),
    dump: async (options = {}) => {
      refresh();
      return snapshot(started(simulation.table(), environment), options);
    },
    list: async ({ counters = false, service } = {}) => {
      refresh();
      const options = { parts: ['services'], counters, ...(service && { service }) } as const;
      return listOf(snapshot(started(simulation.table(), environment), options));
    },
    execute: async (batch) => {
      refresh();
      const refusals: Refusal[] = [];
      for (const operation of batch) {
        const errno = simulation.execute(withoutOrigin(operation));
        if (errno !== undefined) refusals.push({ operation, errno });
      }
      if (refusals.length < batch.length) storage?.write(started(simulation.table(), environment));
      return refusals;
    },
    close: () => undefined,
  };
}

/** A kernel has an answer to everything: what a table does not speak of is as it is after a boot. */
function complete(table: Table): Table {
  return {
    services: table.services,
    timeouts: { ...kernelDefaultTimeouts, ...table.timeouts },
    daemons: { master: 'stopped', backup: 'stopped', ...table.daemons },
  };
}

/** The kernel keeps what it was told, not who told it. */
function withoutOrigin({ origin: _origin, ...operation }: Operation): Operation {
  if (operation.kind !== 'start-daemon') return operation;
  const { role, settings } = operation.daemon;
  return { ...operation, daemon: { role, settings } };
}

/** The table with all that its daemons run with. */
function started(table: Table, { interfaceOf }: Environment): Table {
  const daemons = { ...table.daemons };
  for (const role of daemonRoles) {
    const daemon = daemons[role];
    if (daemon === undefined || daemon === 'stopped') continue;
    const mtu = interfaceOf(daemon.settings.interface)?.mtu ?? 0;
    daemons[role] = { role, settings: runningDaemon(role, daemon.settings, mtu) };
  }
  return { ...table, daemons };
}

/** What was asked for of a table in which nothing ever happens. */
function snapshot(table: Table, { parts, service, counters }: DumpOptions): Snapshot {
  const wanted = (part: DumpPart): boolean => parts === undefined || parts.includes(part);
  const found = wanted('services') ? servicesOf(table, service) : emptyTable.services;
  const counted = counters === true ? { counters: noCounters } : {};
  const idle = { active: 0, inactive: 0, persistent: 0, ...counted };
  const activity = new Map<ServiceId, ServiceActivity>();
  for (const [id, { destinations }] of found) {
    activity.set(id, { ...counted, destinations: new Map(Array.from(destinations.keys(), (id) => [id, idle])) });
  }
  return {
    table: {
      services: found,
      timeouts: wanted('timeouts') ? table.timeouts : {},
      daemons: wanted('daemons') ? table.daemons : {},
    },
    activity,
  };
}

/** All services, or the one that has this key. */
function servicesOf({ services }: Table, key: ServiceKey | undefined): Table['services'] {
  if (key === undefined) return services;
  const id = serviceId(key);
  const service = services.get(id);
  return service === undefined ? new Map() : new Map([[id, service]]);
}
