/** Owns the difference of two tables. */

import { type Daemon, type DaemonRole, type DaemonSettings, daemonRoles } from '../model/daemon.ts';
import type { Destination } from '../model/destination.ts';
import type { Service } from '../model/service.ts';
import type { DaemonState, Table } from '../model/table.ts';
import { type TimeoutName, type Timeouts, timeoutNames } from '../model/timeouts.ts';
import { runningDaemon } from '../simulate/running-daemon.ts';
import { daemonAttributes, destinationAttributes, differ, serviceAttributes } from './attributes.ts';
import type { Change } from './change.ts';

/**
 * What has to happen to `from` so that it says all that `to` says. Timeouts, daemons and daemon settings that `to` does
 * not speak of are left alone; services and destinations that it does not have are removed. The order of destinations,
 * origins and counters are no difference. Each new destination comes behind those that shall be older than it.
 */
export function diffTables(from: Table, to: Table): readonly Change[] {
  const changes: Change[] = [...diffTimeouts(from.timeouts, to.timeouts)];
  for (const role of daemonRoles) changes.push(...diffDaemons(role, from.daemons[role], to.daemons[role]));
  to.services.forEach((after, id) => {
    const before = from.services.get(id);
    if (before === undefined) changes.push({ kind: 'add-service', service: after });
    else diffServices(before, after, changes);
  });
  from.services.forEach((service, id) => {
    if (!to.services.has(id)) changes.push({ kind: 'remove-service', service });
  });
  return changes;
}

/** Adds to `changes`: a table is compared several times in a run, and generators for each service weigh more than it. */
function diffServices(before: Service, after: Service, changes: Change[]): void {
  if (differ(serviceAttributes, before.settings, after.settings)) changes.push({ kind: 'edit-service', before, after });
  const service = after.key;
  after.destinations.forEach((wanted, id) => {
    const present = before.destinations.get(id);
    if (present === undefined) {
      changes.push({ kind: 'add-destination', service, destination: wanted });
      return;
    }
    const settled = keepForeignWeight(wanted, present);
    if (differ(destinationAttributes, present.settings, settled.settings))
      changes.push({ kind: 'edit-destination', service, before: present, after: settled });
  });
  before.destinations.forEach((destination, id) => {
    if (!after.destinations.has(id)) changes.push({ kind: 'remove-destination', service, destination });
  });
}

/** An initial weight counts at creation only: later it is a health checker's, and an edit must send it unchanged. */
function keepForeignWeight(wanted: Destination, present: Destination): Destination {
  if (wanted.weightIsInitial !== true) return wanted;
  return { ...wanted, settings: { ...wanted.settings, weight: present.settings.weight } };
}

function* diffTimeouts(from: Timeouts, to: Timeouts): Iterable<Change> {
  const before: Partial<Record<TimeoutName, number>> = {};
  const after: Partial<Record<TimeoutName, number>> = {};
  for (const name of timeoutNames) {
    const [present, wanted] = [from[name], to[name]];
    if (wanted === undefined || wanted === present) continue;
    after[name] = wanted;
    if (present !== undefined) before[name] = present;
  }
  if (Object.keys(after).length === 0) return;
  yield { kind: 'set-timeouts', before, after: to.origin === undefined ? after : { ...after, origin: to.origin } };
}

function* diffDaemons(role: DaemonRole, from: DaemonState = 'stopped', to?: DaemonState): Iterable<Change> {
  if (to === undefined || from === to) return;
  if (to === 'stopped') {
    if (from !== 'stopped') yield { kind: 'stop-daemon', before: from };
  } else if (from === 'stopped') yield { kind: 'start-daemon', after: to };
  else if (differ(daemonAttributes, asKernelHasIt(from), asKernelHasIt(to))) {
    yield { kind: 'restart-daemon', before: from, after: keepUnspoken(role, from, to) };
  }
}

/** What is spoken of, as a daemon that was started with it tells it: the kernel raises a backup's message length. */
function asKernelHasIt({ role, settings }: Daemon): DaemonSettings {
  const { interface: device, syncId, group, port, ttl, maxLength } = runningDaemon(role, settings, anyMtu);
  return {
    interface: device,
    syncId,
    ...(settings.group === undefined ? {} : { group }),
    ...(settings.port === undefined ? {} : { port }),
    ...(settings.ttl === undefined ? {} : { ttl }),
    ...(settings.maxLength === undefined ? {} : { maxLength }),
  };
}

/** Only a message length that nobody spoke of depends on the interface. */
const anyMtu = 1500;

/** A restart keeps what nobody spoke of, but for the message length, which follows the interface. */
function keepUnspoken(role: DaemonRole, from: Daemon, to: Daemon): Daemon {
  const { maxLength, ...kept } = from.settings;
  const sameInterface = from.settings.interface === to.settings.interface;
  const unspoken = sameInterface && maxLength !== undefined ? { ...kept, maxLength } : kept;
  return { ...to, role, settings: { ...unspoken, ...to.settings } };
}
