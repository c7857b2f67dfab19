/** Owns a plan as rows of words, before any layout: the text, brief and markdown forms differ only in what they do with them. */

import { formatDuration } from '../../grammar/value/duration.ts';
import { type Destination, destinationId } from '../model/destination.ts';
import { type Service, serviceId } from '../model/service.ts';
import type { Connections, Disruption, PlannedAttribute, PlannedChange } from '../plan/analyze/disruption.ts';
import {
  type Attribute,
  type AttributeValue,
  daemonAttributes,
  destinationAttributes,
  serviceAttributes,
} from '../plan/attributes.ts';
import { subjectOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';

/** What happens to the thing in a row; a blank one only says where the rows below belong. */
export type RowSign = '+' | '~' | '-' | '!' | ' ';

/** One line of a plan. */
export interface PlanRow {
  /** 0: the table's own things; 1: what belongs to the service above; 2: an attribute of the thing above. */
  readonly depth: 0 | 1 | 2;
  readonly sign: RowSign;
  /** What it is about: `service tcp 192.0.2.1 port 80`. */
  readonly label: string;
  /** Its settings, or what becomes of them. */
  readonly detail: string;
  /** Absent where the row has no effect of its own. */
  readonly disruption?: Disruption;
  /** The connections that are concerned, and what else goes with a removal. */
  readonly effect: string;
}

/** The rows of a plan, in the order of its changes. */
export function planRows({ changes, expected }: Plan): readonly PlanRow[] {
  const rows: PlanRow[] = [];
  let current: string | undefined;
  for (const planned of changes) {
    const subject = subjectOf(planned.change);
    if ('service' in subject) {
      const id = serviceId(subject.service);
      const service = expected.services.get(id);
      if (id !== current && subject.kind === 'destination' && service !== undefined)
        rows.push(serviceRow(' ', service));
      current = id;
    }
    rows.push(...(planned.isDrift === true ? rowsOf(planned).map(asDrift) : rowsOf(planned)));
  }
  return rows;
}

/** What brought the difference about: not the source, but somebody who changed the live table. */
const drifts = { '+': 'is gone', '-': 'came from elsewhere', '~': '', '!': '', ' ': '' } as const;

function asDrift(row: PlanRow): PlanRow {
  if (row.sign === ' ') return row;
  const detail = [drifts[row.sign], row.detail].filter((text) => text !== '').join(', ');
  return { ...row, sign: '!', detail };
}

function rowsOf(planned: PlannedChange): readonly PlanRow[] {
  const { change, disruption, attributes } = planned;
  const connections = connectionsText(planned.connections);
  const impact = { disruption, effect: connections };
  switch (change.kind) {
    case 'add-service': {
      const { settings, destinations } = change.service;
      const row = serviceRow('+', change.service, settingsText(serviceAttributes, settings));
      return [{ ...row, ...impact }, ...[...destinations.values()].map((destination) => newBackendRow(destination))];
    }
    case 'remove-service': {
      const effect = `${connections}, ${backendsText(change.service)}`;
      return [{ ...serviceRow('-', change.service, drainText(change.drain)), disruption, effect }];
    }
    case 'edit-service': {
      const reason = attributes.find((attribute) => attribute.disruption === disruption);
      const edits = attributes.map((attribute) => attributeRow(attribute, attribute === reason ? connections : ''));
      return [serviceRow('~', change.after), ...edits];
    }
    case 'add-destination':
      return [{ ...newBackendRow(change.destination), ...impact }];
    case 'edit-destination':
      return [{ ...backendRow('~', change.after, editsText(attributes)), ...impact }];
    case 'remove-destination':
      return [{ ...backendRow('-', change.destination, drainText(change.drain)), ...impact }];
    case 'set-timeouts':
      return [{ ...tableRow('~', 'timeouts', editsText(attributes)), ...impact }];
    case 'start-daemon': {
      const { role, settings } = change.after;
      return [{ ...tableRow('+', `sync ${role}`, settingsText(daemonAttributes, settings)), ...impact }];
    }
    case 'restart-daemon':
      return [{ ...tableRow('~', `sync ${change.after.role}`, editsText(attributes)), ...impact }];
    case 'stop-daemon':
      return [{ ...tableRow('-', `sync ${change.before.role}`), ...impact }];
  }
}

function drainText(seconds: number | undefined): string {
  return seconds === undefined ? '' : `drain ${formatDuration(seconds)}`;
}

function tableRow(sign: RowSign, label: string, detail = ''): PlanRow {
  return { depth: 0, sign, label, detail, effect: '' };
}

function serviceRow(sign: RowSign, { key, name }: Service, settings = ''): PlanRow {
  const id = serviceId(key);
  return name === undefined
    ? tableRow(sign, `service ${id}`, settings)
    : tableRow(sign, `service ${name}`, `${id}  ${settings}`.trimEnd());
}

function backendRow(sign: RowSign, { key, name }: Destination, detail = ''): PlanRow {
  const id = destinationId(key);
  const label = name === undefined ? `backend ${id}` : `backend ${name}  ${id}`;
  return { depth: 1, sign, label, detail, effect: '' };
}

function newBackendRow(destination: Destination): PlanRow {
  return backendRow('+', destination, settingsText(destinationAttributes, destination.settings));
}

/** Each attribute has its own class; the connections stand at the one that is the reason for the service's. */
function attributeRow(attribute: PlannedAttribute, effect: string): PlanRow {
  const { name: label, disruption } = attribute;
  return { depth: 2, sign: ' ', label, detail: editText(attribute), disruption, effect };
}

function editText({ before, after }: PlannedAttribute): string {
  return `${before ?? '?'} -> ${after}`;
}

function editsText(attributes: readonly PlannedAttribute[]): string {
  return attributes.map((attribute) => `${attribute.name} ${editText(attribute)}`).join(', ');
}

/** Values that say nothing about a new thing. */
const unremarkable: Readonly<Record<string, AttributeValue>> = {
  persist: 'no',
  mask: 'none',
  engine: 'none',
  'one-packet': 'no',
  upper: 0,
  lower: 0,
};

/** Attributes whose value needs no name in front of it. */
const selfEvident: ReadonlySet<string> = new Set(['scheduler', 'forward']);

/** Settings in words, without those that say nothing. */
export function settingsText<Settings>(attributes: readonly Attribute<Settings>[], settings: Settings): string {
  const words: string[] = [];
  for (const { name, read } of attributes) {
    const value = read(settings);
    if (value === undefined || value === unremarkable[name]) continue;
    words.push(selfEvident.has(name) ? `${value}` : `${name} ${value}`);
  }
  return words.join(' ');
}

function backendsText({ destinations }: Service): string {
  return `${destinations.size} backend${destinations.size === 1 ? '' : 's'}`;
}

/** `12 active, 3 inactive`; the active ones are told even if there are none. */
export function connectionsText(connections: Connections | undefined): string {
  if (connections === undefined) return '';
  const { active, inactive, persistent } = connections;
  const rest = [inactive > 0 ? `, ${inactive} inactive` : '', persistent > 0 ? `, ${persistent} persistent` : ''];
  return `${active} active${rest.join('')}`;
}
