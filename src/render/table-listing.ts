/** Owns a table as `ipvstx list` shows it: in the words of plans, with the connections of the moment. */

import type { Snapshot } from '../model/activity.ts';
import { daemonRoles } from '../model/daemon.ts';
import { compareDestinationKeys, destinationId } from '../model/destination.ts';
import { type Service, compareServiceKeys, serviceId } from '../model/service.ts';
import { type Table, countDestinations } from '../model/table.ts';
import { tableToJson } from '../model/table-json.ts';
import { daemonAttributes, destinationAttributes, serviceAttributes, timeoutAttributes } from '../plan/attributes.ts';
import { type Layout, plainLayout } from './layout.ts';
import { connectionsText, settingsText } from './plan-rows.ts';
import { visible } from './visible.ts';

/** One line: what it is about, its settings, what goes on there. */
type Row = readonly [subject: string, settings: string, activity: string];

const titled = (name: string | undefined, id: string): string => (name === undefined ? id : `${name}  ${id}`);

function serviceRows({ key, name, settings, destinations }: Service, { activity }: Snapshot): readonly Row[] {
  const seen = activity.get(serviceId(key))?.destinations;
  const backends = [...destinations.values()].sort((left, right) => compareDestinationKeys(left.key, right.key));
  return [
    [titled(name, serviceId(key)), settingsText(serviceAttributes, settings), ''],
    ...backends.map((backend): Row => {
      const id = destinationId(backend.key);
      const settings = settingsText(destinationAttributes, backend.settings);
      return [`  ${titled(backend.name, id)}`, settings, connectionsText(seen?.get(id))];
    }),
  ];
}

function tableRows({ timeouts, daemons }: Table): readonly Row[] {
  const rows: Row[] = [];
  const seconds = settingsText(timeoutAttributes, timeouts);
  if (seconds !== '') rows.push(['timeouts', seconds, '']);
  for (const role of daemonRoles) {
    const daemon = daemons[role];
    if (daemon === undefined || daemon === 'stopped') continue;
    rows.push([`sync ${role}`, settingsText(daemonAttributes, daemon.settings), '']);
  }
  return rows;
}

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

/** Columns are as wide as their longest text. */
function layOut(rows: readonly Row[], { paint }: Layout): readonly string[] {
  const subjects = longest(rows.map(([subject]) => subject));
  const settings = longest(rows.filter(([, , activity]) => activity !== '').map(([, text]) => text));
  return rows.map(([subject, text, activity]) => {
    const first = subject.startsWith(' ') ? subject.padEnd(subjects) : paint('strong', subject.padEnd(subjects));
    return activity === '' ? `${first}  ${text}`.trimEnd() : `${first}  ${text.padEnd(settings)}  ${activity}`;
  });
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The listing for people; `title` says where the table was read. Services and backends are sorted by key. */
export function renderListing(title: string, snapshot: Snapshot, layout: Layout = plainLayout): string {
  const { table } = snapshot;
  const size = `${counted(table.services.size, 'service')}, ${counted(countDestinations(table), 'backend')}`;
  const services = [...table.services.values()].sort((left, right) => compareServiceKeys(left.key, right.key));
  const rows = services.flatMap((service) => serviceRows(service, snapshot));
  const parts = [[`${visible(title)}: ${size}`], layOut(tableRows(table), layout), layOut(rows, layout)];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** The listing for programs: the JSON form of the table, with the connections in each of its destinations. */
export function listingToJson({ table, activity }: Snapshot): object {
  const json = tableToJson(table);
  const services = Array.from(table.services, ([id, { destinations }], index) => {
    const seen = activity.get(id)?.destinations;
    const written = json.services[index];
    const backends = Array.from(destinations.keys(), (backend, place) => {
      const { active = 0, inactive = 0, persistent = 0 } = seen?.get(backend) ?? {};
      const connections = { active, inactive, persistent };
      return { ...written?.destinations[place], connections };
    });
    return { ...written, destinations: backends };
  });
  return { ...json, services };
}
