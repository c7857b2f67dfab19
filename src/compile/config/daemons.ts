/** Owns what `sync` and `timeouts` blocks mean. */

import type { Sync, SyncItem, TimeoutItem, TimeoutsStatement, Value } from '../../../grammar/ast/config.ts';
import type { Address } from '../../../grammar/value/address.ts';
import {
  interfaceNameLength,
  multicastPorts,
  multicastTtls,
  persistenceSeconds,
  syncIds,
  syncMessageBytes,
} from '../../../grammar/value/limits.ts';
import type { Daemon, DaemonSettings } from '../../model/daemon.ts';
import type { TimeoutName, Timeouts } from '../../model/timeouts.ts';
import { isMulticast } from '../../simulate/environment.ts';
import { onlyOnce } from './once.ts';
import { problem } from './problems.ts';
import {
  type Resolution,
  addressesIn,
  detailsOf,
  readDuration,
  readKernelName,
  readNumber,
  readOne,
} from './values.ts';

function readGroup(value: Value, resolution: Resolution): Address | undefined {
  const atom = readOne(value, 'a multicast address', resolution);
  if (atom === undefined) return undefined;
  const [address, ...others] = addressesIn(atom, resolution) ?? [];
  if (address === undefined) return undefined;
  if (others.length === 0 && isMulticast(address)) return address;
  resolution.report(problem('not-multicast', { address }, detailsOf(atom)));
  return undefined;
}

/** Every line of a `sync` block: the setting it names, and its value. */
const readers: {
  readonly [Name in SyncItem['name']]: (value: Value, resolution: Resolution) => Partial<DaemonSettings>;
} = {
  interface: (value, resolution) => {
    // Interfaces are named by whoever made them, so any name is as good as a quoted one.
    const what = { noun: 'network interface', known: undefined, longest: interfaceNameLength };
    const name = readKernelName(value, what, resolution);
    return name === undefined ? {} : { interface: name };
  },
  id: (value, resolution) => {
    const syncId = readNumber(value, syncIds, resolution);
    return syncId === undefined ? {} : { syncId };
  },
  group: (value, resolution) => {
    const group = readGroup(value, resolution);
    return group === undefined ? {} : { group };
  },
  port: (value, resolution) => {
    const port = readNumber(value, multicastPorts, resolution);
    return port === undefined ? {} : { port };
  },
  ttl: (value, resolution) => {
    const ttl = readNumber(value, multicastTtls, resolution);
    return ttl === undefined ? {} : { ttl };
  },
  'max-length': (value, resolution) => {
    const maxLength = readNumber(value, syncMessageBytes, resolution);
    return maxLength === undefined ? {} : { maxLength };
  },
};

/** The daemon of a `sync` statement; undefined if it could not be read. */
export function readDaemon({ role, block, span }: Sync, resolution: Resolution): Daemon | 'stopped' | undefined {
  if (block === undefined) return 'stopped';
  const isFirst = onlyOnce(resolution.report);
  const settings: Partial<DaemonSettings> = {};
  let named = false;
  for (const item of block.items) {
    if (!isFirst(item.name, item.span)) continue;
    named ||= item.name === 'interface';
    Object.assign(settings, readers[item.name](item.value, resolution));
  }
  const { interface: device } = settings;
  if (!named && block.complete) {
    const head = { ...span, end: block.span.start + 1 };
    resolution.report(
      problem('sync-without-interface', { role }, { span: head, suggestion: 'add a line: interface NAME' }),
    );
  }
  if (device === undefined) return undefined;
  return { role, settings: { ...settings, interface: device, syncId: settings.syncId ?? 0 }, origin: span };
}

const timeoutNames: Readonly<Record<TimeoutItem['name'], TimeoutName>> = {
  tcp: 'tcp',
  'tcp-fin': 'tcpFin',
  udp: 'udp',
};

/** The timeouts of a `timeouts` block. */
export function readTimeouts({ block, span }: TimeoutsStatement, resolution: Resolution): Timeouts {
  const isFirst = onlyOnce(resolution.report);
  const timeouts: Partial<Record<TimeoutName, number>> = {};
  for (const { name, time, span } of block.items) {
    if (!isFirst(name, span)) continue;
    const seconds = readDuration(time, persistenceSeconds, resolution);
    if (seconds !== undefined) timeouts[timeoutNames[name]] = seconds;
  }
  return { ...timeouts, origin: span };
}
