/** Owns the table of this network namespace as the rest of the program sees it: the KernelPort over netlink. */

import { type DumpOptions, type DumpPart, KernelFault, type ListOptions, type ListingPort } from '../apply/port.ts';
import type { LiveDestination, LiveService } from '../model/activity.ts';
import type { DaemonRole } from '../model/daemon.ts';
import type { Refusal } from '../model/errno.ts';
import { serviceFamily } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import type { Message } from '../wire/message.ts';
import { readDaemon, readDestination, readInfo, readService, readTimeouts, type ServiceReply } from '../wire/reply.ts';
import type { Request } from '../wire/request.ts';
import { assembleSnapshot, isTorn, type SnapshotParts } from '../wire/snapshot.ts';
import type { Traffic } from './channel.ts';
import { type Client, connect } from './client.ts';
import { modprobe } from './modprobe.ts';

/** What may be set about the connection. */
export interface NetlinkOptions {
  /** How long the kernel may be silent, in milliseconds; it answers at once, so this only guards against the unheard-of. */
  readonly timeoutMs?: number;
  /** How a missing module is loaded; false if that was not possible. modprobe, without a word, unless given. */
  readonly loadModule?: (name: string) => Promise<boolean>;
}

/** A port that counts what it sends. */
export interface NetlinkPort extends ListingPort {
  readonly traffic: Readonly<Traffic>;
}

const defaultTimeoutMs = 10_000;
const allParts: readonly DumpPart[] = ['services', 'timeouts', 'daemons'];

/** Up to here, a dump for each of them is as fast as the whole table in /proc. */
const fewServices = 8;

/** How often a table that shows by itself that it changed while it was read is read again. */
const readAttempts = 5;

/**
 * Connects to IPVS in the network namespace of this process and loads the module if it is missing. Rejects with a
 * {@link KernelFault}, `unavailable` if there is no IPVS; a missing permission shows only at the first request.
 */
export async function openNetlink({
  timeoutMs = defaultTimeoutMs,
  loadModule = modprobe,
}: NetlinkOptions = {}): Promise<NetlinkPort> {
  const { openSocket } = await import('./socket.ts').catch((error: unknown) => {
    // Node.js says behind the first line who asked for the file.
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new KernelFault('failed', `the netlink binding can not be loaded: ${why}`, { cause: error });
  });
  try {
    return portOf(await connect(openSocket, timeoutMs));
  } catch (error) {
    if (!(error instanceof KernelFault) || error.kind !== 'unavailable' || !(await loadModule('ip_vs'))) throw error;
    return portOf(await connect(openSocket, timeoutMs));
  }
}

/** Services with the destinations of each. Not by spreads: there are thousands of them, and all shall have one shape. */
function joined(
  services: readonly ServiceReply[],
  destinations: readonly (readonly LiveDestination[])[],
): readonly LiveService[] {
  return services.map(({ key, settings, counters }, index): LiveService => {
    const own = destinations[index] ?? [];
    return counters === undefined
      ? { key, settings, destinations: own }
      : { key, settings, counters, destinations: own };
  });
}

/** Reads again where a reading shows by itself that the table changed meanwhile. */
async function untorn<Reading>(read: () => Promise<Reading | undefined>): Promise<Reading> {
  for (let attempt = 1; attempt <= readAttempts; attempt++) {
    const reading = await read();
    if (reading !== undefined) return reading;
  }
  throw new KernelFault('torn', 'the table kept changing while it was read');
}

/** The port over a client. */
export function portOf(client: Client): NetlinkPort {
  /** Sends one question; its reply, if the kernel has one. */
  async function ask<Reply>(request: Request, read: (reply: Message) => Reply): Promise<Reply | undefined> {
    let reply: Reply | undefined;
    const refusals = await client.send([request], (message) => {
      reply = read(message);
    });
    const errno = refusals.get(0);
    if (errno === undefined || errno === 'ESRCH') return reply;
    throw new KernelFault('failed', `the kernel refused to be read: ${errno}`);
  }

  /** One list for each request, in the order of the kernel. */
  async function readLists<Reply>(
    requests: readonly Request[],
    read: (reply: Message, index: number) => Reply | undefined,
  ): Promise<readonly (readonly Reply[])[]> {
    const lists = requests.map((): Reply[] => []);
    await client.dump(requests, (message, index) => {
      const reply = read(message, index);
      if (reply !== undefined) lists[index]?.push(reply);
    });
    return lists;
  }

  async function readServices({ counters = false, service }: ListOptions): Promise<readonly ServiceReply[]> {
    const read = (message: Message) => readService(message, counters);
    if (service === undefined) return (await readLists([{ kind: 'list-services' }], read)).flat();
    const reply = await ask({ kind: 'get-service', service }, read);
    return reply === undefined ? [] : [reply];
  }

  function readDestinations(services: readonly ServiceReply[], counters: boolean) {
    const families = services.map(({ key }) => serviceFamily(key));
    return readLists(
      services.map(({ key }) => ({ kind: 'list-destinations', service: key })),
      (message, index) => readDestination(message, families[index] ?? 'ip', counters),
    );
  }

  /** The services of /proc, if they are these and the file tells all that is wanted of their destinations. */
  async function readBriefDestinations(services: readonly ServiceReply[]) {
    const { destinationsIn, readServiceTable } = await import('./service-table.ts');
    return destinationsIn(readServiceTable(), services);
  }

  async function readWhole(options: ListOptions): Promise<readonly LiveService[]> {
    const services = await readServices(options);
    return joined(services, await readDestinations(services, options.counters === true));
  }

  /** Undefined if the list shows that the table changed while it was read. */
  async function readList(options: ListOptions): Promise<readonly LiveService[] | undefined> {
    const { counters = false, brief = false } = options;
    const services = await readServices(options);
    // For a few services, to load and read the file costs as much.
    const isBrief = brief && !counters && services.length > fewServices;
    const listed = isBrief ? await readBriefDestinations(services) : undefined;
    // The file names each service once, and the kernel writes a service with its destinations at one time.
    if (listed !== undefined) return joined(services, listed);
    const whole = joined(services, await readDestinations(services, counters));
    return isTorn(whole) ? undefined : whole;
  }

  async function readDaemons(): Promise<Table['daemons']> {
    const running = (await readLists([{ kind: 'list-daemons' }], readDaemon)).flat();
    const stateOf = (role: DaemonRole) => running.find((daemon) => daemon.role === role) ?? 'stopped';
    return { master: stateOf('master'), backup: stateOf('backup') };
  }

  async function readParts(options: DumpOptions): Promise<SnapshotParts> {
    const { parts = allParts } = options;
    const services = parts.includes('services') ? await readWhole(options) : [];
    const timeouts = parts.includes('timeouts') ? ((await ask({ kind: 'get-timeouts' }, readTimeouts)) ?? {}) : {};
    const daemons = parts.includes('daemons') ? await readDaemons() : {};
    return { services, timeouts, daemons };
  }

  return {
    maxBatch: client.maxBatch,
    traffic: client.traffic,
    close: () => client.close(),

    async info() {
      const info = await ask({ kind: 'get-info' }, readInfo);
      if (info === undefined) throw new KernelFault('failed', 'the kernel does not tell the version of IPVS');
      return info;
    },

    dump: (options = {}) => untorn(async () => assembleSnapshot(await readParts(options))),

    list: (options = {}) => untorn(() => readList(options)),

    async execute(operations) {
      const refusals: Refusal[] = [];
      for (let start = 0; start < operations.length; start += client.maxBatch) {
        const batch = operations.slice(start, start + client.maxBatch);
        const refused = await client.send(batch);
        for (const [index, operation] of batch.entries()) {
          const errno = refused.get(index);
          if (errno !== undefined) refusals.push({ operation, errno });
        }
      }
      return refusals;
    },
  };
}
