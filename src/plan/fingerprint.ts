/** Owns the name of a configuration: equal for two tables exactly if their difference is nothing. */

import type { Brand } from '../../grammar/text/brand.ts';
import { compareDestinationKeys, destinationId } from '../model/destination.ts';
import { compareServiceKeys, serviceId } from '../model/service.ts';
import { daemonRoles } from '../model/daemon.ts';
import type { Table } from '../model/table.ts';
import {
  attributeValues,
  daemonAttributes,
  destinationAttributes,
  serviceAttributes,
  timeoutAttributes,
} from './attributes.ts';

/** A digest of the canonical configuration, in hexadecimal digits. */
export type Fingerprint = Brand<string, 'Fingerprint'>;

/** A cryptographic hash of a text, as hexadecimal digits. It comes from the edge: there is none in the language. */
export type Digest = (text: string) => string;

/** The fingerprint of a table as read from the kernel: neither counters nor the order of destinations are part of it. */
export function fingerprintOf(table: Table, digest: Digest): Fingerprint {
  return digest(canonicalText(table)) as Fingerprint;
}

/** What people are shown: the first 8 digits. */
export function shortFingerprint(fingerprint: Fingerprint): string {
  return fingerprint.slice(0, 8);
}

/** The configuration as lines of JSON, sorted by key. Not a format to be read back. */
export function canonicalText(table: Table): string {
  let text = '';
  const say = (name: string, values: readonly unknown[]): void => {
    text += `${JSON.stringify([name, values])}\n`;
  };
  say('timeouts', attributeValues(timeoutAttributes, table.timeouts));
  for (const role of daemonRoles) {
    const daemon = table.daemons[role];
    if (daemon === undefined || daemon === 'stopped') continue;
    say(role, attributeValues(daemonAttributes, daemon.settings));
  }
  for (const service of [...table.services.values()].sort((a, b) => compareServiceKeys(a.key, b.key))) {
    say(serviceId(service.key), attributeValues(serviceAttributes, service.settings));
    for (const destination of [...service.destinations.values()].sort((a, b) => compareDestinationKeys(a.key, b.key))) {
      say(destinationId(destination.key), attributeValues(destinationAttributes, destination.settings));
    }
  }
  return text;
}
