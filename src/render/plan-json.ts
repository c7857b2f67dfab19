/** Owns the plan for programs: one JSON document, whose fields only ever become more within a format version. */

import type { Destination } from '../model/destination.ts';
import { type ServiceKey, serviceId } from '../model/service.ts';
import type { PlannedChange } from '../plan/analyze/disruption.ts';
import { type Attribute, daemonAttributes, destinationAttributes, serviceAttributes } from '../plan/attributes.ts';
import { type Change, subjectOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanContext } from './plan-header.ts';

/** As plan.schema.json describes it; changes are in the order of the text form. */
export function renderPlanJson(plan: Plan, context: PlanContext): string {
  const { summary, changes, foreign, remarks, basis } = plan;
  const { kernelCalls, ...counts } = summary;
  const document = {
    format_version: 1,
    live: context.live,
    source: context.source,
    fingerprint: basis,
    summary: { ...counts, kernel_calls: kernelCalls },
    changes: changes.map(changeToJson),
    left: foreign.map(keyToJson),
    remarks,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function changeToJson({ change, disruption, connections, attributes, isDrift }: PlannedChange): object {
  return {
    action: change.kind,
    ...subjectToJson(change),
    disruption,
    ...(isDrift === undefined ? {} : { drift: isDrift }),
    ...(connections === undefined ? {} : { connections }),
    ...newThingToJson(change),
    ...(attributes.length === 0 ? {} : { attributes }),
  };
}

function subjectToJson(change: Change): object {
  const subject = subjectOf(change);
  switch (subject.kind) {
    case 'timeouts':
      return {};
    case 'daemon':
      return { daemon: subject.role };
    case 'service':
      return { service: keyToJson(subject.service) };
    case 'destination':
      return { service: keyToJson(subject.service), backend: subject.destination };
  }
}

function keyToJson(key: ServiceKey): object {
  const { kind: _kind, ...fields } = key;
  return { id: serviceId(key), ...fields };
}

function newThingToJson(change: Change): object {
  switch (change.kind) {
    case 'add-service':
      return {
        settings: settingsToJson(serviceAttributes, change.service.settings),
        backends: [...change.service.destinations.values()].map(newBackendToJson),
      };
    case 'add-destination':
      return { settings: settingsToJson(destinationAttributes, change.destination.settings) };
    case 'remove-service':
      return { ...drainToJson(change), backends: [...change.service.destinations.values()].map(({ key }) => key) };
    case 'remove-destination':
      return drainToJson(change);
    case 'start-daemon':
      return { settings: settingsToJson(daemonAttributes, change.after.settings) };
    case 'edit-service':
    case 'edit-destination':
    case 'set-timeouts':
    case 'restart-daemon':
    case 'stop-daemon':
      return {};
  }
}

function drainToJson({ drain }: { readonly drain?: number }): object {
  return drain === undefined ? {} : { drain_seconds: drain };
}

function newBackendToJson({ key, settings }: Destination): object {
  return { ...key, settings: settingsToJson(destinationAttributes, settings) };
}

function settingsToJson<Settings>(attributes: readonly Attribute<Settings>[], settings: Settings): object {
  return Object.fromEntries(attributes.map(({ name, read }) => [name, read(settings)]));
}
