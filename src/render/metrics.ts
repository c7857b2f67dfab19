/** Owns the Prometheus text format (0.0.4) of a snapshot, for the node exporter's textfile collector. */

import type { Counters, DestinationActivity, Snapshot } from '../model/activity.ts';
import { daemonRoles } from '../model/daemon.ts';
import { type Destination, compareDestinationKeys, destinationId } from '../model/destination.ts';
import { type Service, compareServiceKeys, serviceId } from '../model/service.ts';
import { countDestinations } from '../model/table.ts';
import { timeoutNames } from '../model/timeouts.ts';

/** What the program's own records add to a snapshot. A director that never applied anything has none of it. */
export interface OperationMetrics {
  /** Changes that would bring the live table back to the last applied generation. */
  readonly driftChanges?: number;
  /** Number of the last applied generation, from 1. */
  readonly generation?: number;
  /** When it was committed, in seconds since 1970. */
  readonly appliedSeconds?: number;
  /** Whether a transaction waits for its confirmation or was left by a crash. */
  readonly pending?: boolean;
}

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number | bigint | undefined];

/** One destination with the service that it is in. */
interface Backend {
  readonly labels: Labels;
  readonly destination: Destination;
  readonly activity: DestinationActivity | undefined;
}

/** What every family draws its samples from: sorted once. */
interface Reading {
  readonly snapshot: Snapshot;
  readonly operation: OperationMetrics;
  readonly services: readonly (readonly [labels: Labels, service: Service, counters: Counters | undefined])[];
  readonly backends: readonly Backend[];
}

interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly samples: (reading: Reading) => readonly Sample[];
}

/** The labels are the table's own keys: their number is bounded by the table, never by clients. */
function readingOf(snapshot: Snapshot, operation: OperationMetrics): Reading {
  const sorted = [...snapshot.table.services.values()].sort((a, b) => compareServiceKeys(a.key, b.key));
  const services = sorted.map((service) => {
    const id = serviceId(service.key);
    return [labelsOf(service), service, snapshot.activity.get(id)?.counters] as const;
  });
  const backends = services.flatMap(([labels, service]) => {
    const activities = snapshot.activity.get(serviceId(service.key))?.destinations;
    const destinations = [...service.destinations.values()].sort((a, b) => compareDestinationKeys(a.key, b.key));
    return destinations.map((destination) => {
      const id = destinationId(destination.key);
      const name: Labels = destination.name === undefined ? {} : { destination_name: destination.name };
      return { labels: { ...labels, destination: id, ...name }, destination, activity: activities?.get(id) };
    });
  });
  return { snapshot, operation, services, backends };
}

function labelsOf(service: Service): Labels {
  const named: Labels = service.name === undefined ? {} : { service_name: service.name };
  return { service: serviceId(service.key), ...named };
}

/** The totals that the kernel counts for services and destinations alike. */
const totals = [
  { name: 'connections_total', help: 'Connections scheduled', of: ({ connections }: Counters) => connections },
  { name: 'in_packets_total', help: 'Packets from clients', of: ({ inPackets }: Counters) => inPackets },
  { name: 'out_packets_total', help: 'Packets to clients', of: ({ outPackets }: Counters) => outPackets },
  { name: 'in_bytes_total', help: 'Bytes from clients', of: ({ inBytes }: Counters) => inBytes },
  { name: 'out_bytes_total', help: 'Bytes to clients', of: ({ outBytes }: Counters) => outBytes },
] as const;

const single = (value: number | undefined): readonly Sample[] => [[{}, value]];

/** Every family, in the order in which it is printed. */
const families: readonly MetricFamily[] = [
  { name: 'services', type: 'gauge', help: 'Virtual services', samples: (r) => single(r.services.length) },
  {
    name: 'destinations',
    type: 'gauge',
    help: 'Destinations of all virtual services',
    samples: (r) => single(countDestinations(r.snapshot.table)),
  },
  ...totals.map(({ name, help, of }): MetricFamily => ({
    name: `service_${name}`,
    type: 'counter',
    help: `${help}, by virtual service`,
    samples: (r) => r.services.map(([labels, , counters]) => [labels, counters && of(counters)]),
  })),
  {
    name: 'destination_weight',
    type: 'gauge',
    help: 'Weight; 0 takes no new connections',
    samples: (r) => r.backends.map(({ labels, destination }) => [labels, destination.settings.weight]),
  },
  {
    name: 'destination_active_connections',
    type: 'gauge',
    help: 'Connections in an established state',
    samples: (r) => r.backends.map(({ labels, activity }) => [labels, activity?.active]),
  },
  {
    name: 'destination_inactive_connections',
    type: 'gauge',
    help: 'Connections in any other state',
    samples: (r) => r.backends.map(({ labels, activity }) => [labels, activity?.inactive]),
  },
  {
    name: 'destination_persistent_connections',
    type: 'gauge',
    help: 'Persistence templates',
    samples: (r) => r.backends.map(({ labels, activity }) => [labels, activity?.persistent]),
  },
  ...totals.map(({ name, help, of }): MetricFamily => ({
    name: `destination_${name}`,
    type: 'counter',
    help: `${help}, by destination`,
    samples: (r) => r.backends.map(({ labels, activity }) => [labels, activity?.counters && of(activity.counters)]),
  })),
  {
    name: 'timeout_seconds',
    type: 'gauge',
    help: 'Connection timeouts',
    samples: (r) => timeoutNames.map((timeout) => [{ timeout }, r.snapshot.table.timeouts[timeout]]),
  },
  {
    name: 'sync_daemon_running',
    type: 'gauge',
    help: 'Whether the connection synchronisation daemon of a role runs',
    samples: (r) =>
      daemonRoles.map((role) => {
        const state = r.snapshot.table.daemons[role];
        return [{ role }, state === undefined ? undefined : Number(state !== 'stopped')];
      }),
  },
  {
    name: 'drift_changes',
    type: 'gauge',
    help: 'Changes that would bring the live table back to the last applied generation',
    samples: (r) => single(r.operation.driftChanges),
  },
  {
    name: 'generation',
    type: 'gauge',
    help: 'Number of the last applied generation',
    samples: (r) => single(r.operation.generation),
  },
  {
    name: 'last_apply_timestamp_seconds',
    type: 'gauge',
    help: 'When the last generation was committed',
    samples: (r) => single(r.operation.appliedSeconds),
  },
  {
    name: 'transaction_pending',
    type: 'gauge',
    help: 'Whether a transaction waits for its confirmation or was left by a crash',
    samples: (r) => single(r.operation.pending === undefined ? undefined : Number(r.operation.pending)),
  },
];

/** A label's value may hold anything but these three unescaped. */
function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function printSample(name: string, [labels, value]: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
}

/** The whole exposition; a family of which nothing is known is left out. */
export function renderMetrics(snapshot: Snapshot, operation: OperationMetrics = {}): string {
  const reading = readingOf(snapshot, operation);
  return families
    .map(({ name, type, help, samples }) => {
      const known = samples(reading).filter(([, value]) => value !== undefined);
      if (known.length === 0) return '';
      const metric = `ipvstx_${name}`;
      const lines = known.map((sample) => printSample(metric, sample));
      return `# HELP ${metric} ${help}\n# TYPE ${metric} ${type}\n${lines.join('')}`;
    })
    .join('');
}
