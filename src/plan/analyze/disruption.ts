/** Owns what a change does to traffic: the class of each change and the connections that it concerns. */

import type { Snapshot } from '../../model/activity.ts';
import { destinationId } from '../../model/destination.ts';
import { type Sysctls, templatesExpire } from '../../model/sysctls.ts';
import { type ServiceKey, serviceId } from '../../model/service.ts';
import {
  type Attribute,
  type AttributeChange,
  attributeChanges,
  daemonAttributes,
  destinationAttributes,
  serviceAttributes,
  timeoutAttributes,
} from '../attributes.ts';
import { type Change, type Subject, subjectOf } from '../change.ts';

/**
 * From harmless to worst. `new-flows`: new connections are dealt differently. `sync`: connections that begin while a
 * daemon restarts are not synchronised. `remap`: clients move to another backend. `drain`: connections are given time
 * to end. `cut`: connections lose their backend.
 */
export const disruptions = ['none', 'new-flows', 'sync', 'remap', 'drain', 'cut'] as const;

/** The class of a change. */
export type Disruption = (typeof disruptions)[number];

/** Connections that exist when the plan is made. */
export interface Connections {
  readonly active: number;
  readonly inactive: number;
  /** Persistence templates: clients that would come back to their backend. */
  readonly persistent: number;
}

/** An attribute of an edit with what its new value does to traffic. */
export interface PlannedAttribute extends AttributeChange {
  readonly disruption: Disruption;
}

/** A change with what it does to traffic. */
export interface PlannedChange {
  readonly change: Change;
  /** The worst of its attributes, if it is an edit. */
  readonly disruption: Disruption;
  /** The connections that are cut, drained or remapped; absent for the other classes. */
  readonly connections?: Connections;
  /** Whose connections these are: a remapping may concern all of a service, though it changes one backend. */
  readonly concerned?: Subject;
  /** What an edit edits; empty for everything else. */
  readonly attributes: readonly PlannedAttribute[];
  /** Somebody changed the live table: the source wants now what it wanted when it was applied last. */
  readonly isDrift?: true;
}

/** The worst of some classes; `none` of none. */
export function worstOf(classes: Iterable<Disruption>): Disruption {
  let worst = 0;
  for (const disruption of classes) worst = Math.max(worst, disruptions.indexOf(disruption));
  return disruptions[worst] ?? 'none';
}

/** Schedulers that send a client to the backend that its address names: any change of the set moves clients. */
const hashing: ReadonlySet<string> = new Set(['sh', 'dh', 'mh', 'lblc', 'lblcr']);

/** Judges `change` by the traffic that `observed` shows, and by the kernel's settings. */
export function assess(change: Change, observed: Snapshot, sysctls: Sysctls): PlannedChange {
  const attributes = attributesOf(change, observed, sysctls);
  const disruption = disruptionOf(change, attributes, observed);
  const concerned = concernedBy(change, disruption, observed);
  if (concerned === undefined) return { change, disruption, attributes };
  return { change, disruption, attributes, concerned, connections: connectionsOf(concerned, observed) };
}

function disruptionOf(change: Change, attributes: readonly PlannedAttribute[], observed: Snapshot): Disruption {
  switch (change.kind) {
    case 'remove-service':
    case 'remove-destination':
      return change.drain === undefined ? 'cut' : 'drain';
    case 'add-service':
      return hidesAnother(change.service.key, observed) ? 'new-flows' : 'none';
    case 'add-destination':
      return hashes(change.service, observed) ? 'remap' : 'new-flows';
    case 'restart-daemon':
    case 'stop-daemon':
      return 'sync';
    case 'edit-service':
    case 'edit-destination':
    case 'set-timeouts':
    case 'start-daemon':
      return worstOf(attributes.map(({ disruption }) => disruption));
  }
}

function attributesOf(change: Change, observed: Snapshot, sysctls: Sysctls): readonly PlannedAttribute[] {
  const edit = <Settings>(
    table: readonly Attribute<Settings>[],
    before: Settings,
    after: Settings,
    judge: (name: string) => Disruption,
  ): readonly PlannedAttribute[] =>
    attributeChanges(table, before, after).map(({ name, before, after }) => {
      return { name, before, after, disruption: judge(name) };
    });
  switch (change.kind) {
    case 'set-timeouts':
      return edit(timeoutAttributes, change.before, change.after, () => 'none');
    case 'restart-daemon':
      return edit(daemonAttributes, change.before.settings, change.after.settings, () => 'sync');
    case 'edit-service': {
      const [before, after] = [change.before.settings, change.after.settings];
      const hashed = hashing.has(before.scheduler) || hashing.has(after.scheduler);
      const remaps = new Set(hashed ? ['scheduler', 'mask', 'engine'] : ['mask', 'engine']);
      return edit(serviceAttributes, before, after, (name) => (remaps.has(name) ? 'remap' : 'new-flows'));
    }
    case 'edit-destination': {
      const moves = hashes(change.service, observed) || endsPersistence(change, observed, sysctls);
      const judge = (name: string): Disruption => (moves && name === 'weight' ? 'remap' : 'new-flows');
      return edit(destinationAttributes, change.before.settings, change.after.settings, judge);
    }
    case 'add-service':
    case 'remove-service':
    case 'add-destination':
    case 'remove-destination':
    case 'start-daemon':
    case 'stop-daemon':
      return [];
  }
}

function hashes(key: ServiceKey, { table }: Snapshot): boolean {
  return hashing.has(table.services.get(serviceId(key))?.settings.scheduler ?? '');
}

/** Weight 0 sends the persistent clients of a backend elsewhere where the kernel is set so (kernel reference, 6.1). */
function endsPersistence(
  { service, before, after }: Extract<Change, { kind: 'edit-destination' }>,
  { table }: Snapshot,
  sysctls: Sysctls,
): boolean {
  const isPersistent = table.services.get(serviceId(service))?.settings.persistence !== undefined;
  const quiesces = after.settings.weight === 0 && before.settings.weight !== 0;
  return isPersistent && quiesces && templatesExpire(sysctls) === true;
}

/** A service with a port takes its clients from the one with port 0 at the same address (ip_vs_service_find). */
function hidesAnother(key: ServiceKey, { table }: Snapshot): boolean {
  return key.kind === 'endpoint' && key.port !== 0 && table.services.has(serviceId({ ...key, port: 0 }));
}

const noConnections: Connections = { active: 0, inactive: 0, persistent: 0 };

/** Classes that concern connections that there are. */
const concerning: ReadonlySet<Disruption> = new Set(['remap', 'drain', 'cut']);

/** Whose connections a change cuts, drains or remaps: of its subject, or of all of the service that is dealt anew. */
function concernedBy(change: Change, disruption: Disruption, observed: Snapshot): Subject | undefined {
  const subject = subjectOf(change);
  if (!('service' in subject) || !concerning.has(disruption)) return undefined;
  const isDealtAnew = disruption === 'remap' && hashes(subject.service, observed);
  return isDealtAnew ? { kind: 'service', service: subject.service } : subject;
}

function connectionsOf(concerned: Subject, { activity }: Snapshot): Connections {
  if (!('service' in concerned)) return noConnections;
  const destinations = activity.get(serviceId(concerned.service))?.destinations;
  if (concerned.kind === 'service') return sumConnections(destinations?.values() ?? []);
  return destinations?.get(destinationId(concerned.destination)) ?? noConnections;
}

/** All of them together. */
export function sumConnections(all: Iterable<Connections>): Connections {
  let { active, inactive, persistent } = noConnections;
  for (const connections of all) {
    active += connections.active;
    inactive += connections.inactive;
    persistent += connections.persistent;
  }
  return { active, inactive, persistent };
}
