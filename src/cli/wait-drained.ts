/** Owns the waiting for the last connection of a backend, and telling how many there still are. */

import { formatDuration } from '../../grammar/value/duration.ts';
import type { KernelPort } from '../apply/port.ts';
import type { Place } from '../compile/backends/select.ts';
import { destinationId } from '../model/destination.ts';
import { type ServiceId, type ServiceKey, serviceId } from '../model/service.ts';
import { type Connections, sumConnections } from '../plan/analyze/disruption.ts';
import { connectionsText } from '../render/plan-rows.ts';
import { monotonicNow, pause } from '../store/monotonic.ts';
import type { Context } from './context.ts';
import type { ExitStatus } from './exit.ts';
import { writeNote } from './output.ts';
import { hearSignals } from './signals.ts';

/** Milliseconds between two looks at the kernel, and between two lines in a log. */
const interval = 1000;
const logInterval = 10_000;

/** What is waited for. */
export interface DrainWait {
  /** What people call the backend. */
  readonly backend: string;
  readonly places: readonly Place[];
  /** Seconds. */
  readonly deadline: number;
}

/** Time, as far as the waiting depends on it. */
export interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or when it is aborted. */
  readonly pause: (milliseconds: number, aborted: AbortSignal) => Promise<void>;
}

const clock: Clock = {
  now: monotonicNow,
  pause,
};

/** The connections of all places together. A place that is gone has none. */
async function countConnections(port: Pick<KernelPort, 'dump'>, places: readonly Place[]): Promise<Connections> {
  const services = new Map<ServiceId, ServiceKey>(places.map(({ service: { key } }) => [serviceId(key), key]));
  const found: Connections[] = [];
  for (const [id, service] of services) {
    const { activity } = await port.dump({ parts: ['services'], service });
    const here = places.filter(({ service: { key } }) => serviceId(key) === id);
    for (const { destination } of here)
      found.push(activity.get(id)?.destinations.get(destinationId(destination.key)) ?? sumConnections([]));
  }
  return sumConnections(found);
}

/** One line that is written over on a terminal, a line now and then in a log, nothing with `--quiet`. */
function showWaiting({ host, options }: Context, now: () => number) {
  const { stderr } = host;
  const terminal = stderr.isTTY === true;
  let last: number | undefined;
  return {
    show: async (line: string): Promise<void> => {
      if (options.quiet) return;
      if (terminal) return writeNote(stderr, `\r\u001B[K${line}`);
      if (last !== undefined && now() - last < logInterval) return;
      last = now();
      await writeNote(stderr, `${line}\n`);
    },
    clear: async (): Promise<void> => {
      if (terminal && !options.quiet) await writeNote(stderr, '\r\u001B[K');
    },
  };
}

const isNone = ({ active, inactive, persistent }: Connections): boolean => active + inactive + persistent === 0;

/** Waits for the last connection, the deadline, or a signal, and says which it was. */
export async function waitUntilDrained(
  port: Pick<KernelPort, 'dump'>,
  { backend, places, deadline }: DrainWait,
  context: Context,
  { now, pause }: Clock = clock,
): Promise<ExitStatus> {
  const signals = hearSignals();
  const { show, clear } = showWaiting(context, now);
  const end = now() + deadline * 1000;
  try {
    for (;;) {
      const left = await countConnections(port, places);
      const remaining = end - now();
      const stopped = signals.received() ?? (remaining > 0 ? undefined : `${formatDuration(deadline)} have passed`);
      if (isNone(left) || stopped !== undefined) {
        await clear();
        const rest = `not drained: ${stopped}; ${backend} still has ${connectionsText(left)}, and keeps weight 0`;
        await context.note(isNone(left) ? `drained: ${backend} has no connections any more\n` : `${rest}\n`);
        return isNone(left) ? 'done' : 'undrained';
      }
      await show(`draining ${backend}: ${connectionsText(left)}; ${formatDuration(Math.ceil(remaining / 1000))} left`);
      await pause(Math.min(interval, remaining), signals.aborted);
    }
  } finally {
    signals.release();
  }
}
