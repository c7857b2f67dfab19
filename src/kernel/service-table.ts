/**
 * Owns the reading of /proc/net/ip_vs: the destinations of all services in a few reads, where netlink takes a dump for
 * each service. It does not tell thresholds, tunnels and persistence templates (kernel reference, 6.2).
 */

import { readFileSync } from 'node:fs';
import { readAddress } from './connection-table.ts';
import type { LiveDestination } from '../model/activity.ts';
import type { Forwarding } from '../model/destination.ts';
import { type ServiceKey, serviceId } from '../model/service.ts';
import type { ServiceReply } from '../wire/reply.ts';

/** Its path; a network namespace sees its own table. */
const serviceTablePath = '/proc/net/ip_vs';

/** Those that nothing more is to be known about. */
const methods: Readonly<Record<string, Forwarding>> = {
  Masq: { method: 'masquerade' },
  Local: { method: 'local' },
  Route: { method: 'direct' },
};

const endpoint = String.raw`\[?([0-9A-F]{8}|[0-9a-f:]{39})\]?:([0-9A-F]{4})`;
const serviceLine = new RegExp(`^(?:(TCP|UDP|SCTP)  ${endpoint}|FWM  ([0-9A-F]{8})) `);
const destinationLine = new RegExp(String.raw`^  -> ${endpoint} +(\w+) +(\d+) +(\d+) +(\d+) *$`);

/** How the file names a service: without the family of a mark. */
function nameOf(key: ServiceKey): string {
  return key.kind === 'mark' ? `mark ${key.mark}` : serviceId(key);
}

function serviceName(line: string): string | undefined {
  const [, protocol, written = '', port = '', mark] = serviceLine.exec(line) ?? [];
  if (mark !== undefined) return `mark ${Number.parseInt(mark, 16)}`;
  const address = readAddress(written);
  if (protocol === undefined || address === undefined) return undefined;
  return `${protocol.toLowerCase()} ${address} port ${Number.parseInt(port, 16)}`;
}

function destinationOf(line: string): LiveDestination | undefined {
  const [, written = '', port = '', method = '', weight, active, inactive] = destinationLine.exec(line) ?? [];
  const [address, forwarding] = [readAddress(written), methods[method]];
  if (address === undefined || forwarding === undefined) return undefined;
  return {
    destination: {
      key: { address, port: Number.parseInt(port, 16) },
      settings: { forwarding, weight: Number(weight), upperThreshold: 0, lowerThreshold: 0 },
    },
    activity: { active: Number(active), inactive: Number(inactive), persistent: 0 },
  };
}

/** The destinations in the file's text by the names of their services; undefined if a line leaves something open. */
function parse(text: string): ReadonlyMap<string, readonly LiveDestination[]> | undefined {
  const services = new Map<string, LiveDestination[]>();
  let current: LiveDestination[] | undefined;
  for (const line of text.split('\n').slice(3)) {
    if (line === '') continue;
    if (line.startsWith('  ->')) {
      const destination = destinationOf(line);
      if (destination === undefined || current === undefined) return undefined;
      current.push(destination);
    } else {
      const name = serviceName(line);
      if (name === undefined || services.has(name)) return undefined;
      services.set(name, (current = []));
    }
  }
  return services;
}

/**
 * The destinations of each of `services`, the newest first, as netlink would tell them but for what the file leaves out.
 * Undefined where that is not to be had: a tunnel, two marks that are one number, other services than these, no file.
 */
export function destinationsIn(
  text: string,
  services: readonly ServiceReply[],
): readonly (readonly LiveDestination[])[] | undefined {
  const listed = parse(text);
  if (listed === undefined || listed.size !== services.length) return undefined;
  const lists = services.map(({ key }) => listed.get(nameOf(key)));
  return lists.every((list) => list !== undefined) ? lists : undefined;
}

/** Reads the file, which the kernel makes page by page: a thread for each of them would take longer. Empty where there is none. */
export function readServiceTable(path = serviceTablePath): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
