/** Owns the order in which the steps of a difference run. */

import { familyOf } from '../../grammar/value/address.ts';
import { serviceFamily, serviceId } from '../model/service.ts';
import type { Table } from '../model/table.ts';
import type { Change } from './change.ts';
import { type FlaggedService, flaggedServices } from './drain.ts';
import { setService } from './operations.ts';
import { type Phase, type Step, phases, stepsOf } from './step.ts';

/**
 * The steps that lead to `to`, phase by phase. Inside a phase the order of `changes` is kept: it puts a service in front
 * of its destinations, and the destinations in the order in which they have to be inserted.
 */
export function orderSteps(changes: readonly Change[], to: Table): readonly Step[] {
  const daemonsYield = hasMixedFamilies(to);
  const byPhase = new Map<Phase, Step[]>(phases.map((phase) => [phase, []]));
  const put = (step: Step): void => void byPhase.get(step.phase)?.push(step);
  const flagged = flaggedServices(changes, to);
  for (const change of changes) {
    const isReplaced = change.kind === 'edit-service' && flagged.has(serviceId(change.after.key));
    if (!isReplaced) for (const step of stepsOf(change, daemonsYield)) put(step);
  }
  for (const service of flagged.values()) for (const step of flagSteps(service, changes)) put(step);
  return [...byPhase.values()].flat();
}

/** Two edits in place of the one that there may be: with the flag before the drain, and without it behind the removal. */
function flagSteps({ because, meanwhile, after }: FlaggedService, changes: readonly Change[]): readonly Step[] {
  const id = serviceId(after.key);
  const edit = changes.find((change) => change.kind === 'edit-service' && serviceId(change.after.key) === id);
  const before = edit?.kind === 'edit-service' ? edit.before : after;
  return [
    { phase: 'edited-services', forward: setService(meanwhile), undo: [setService(before)], because: edit ?? because },
    { phase: 'settled-services', forward: setService(after), undo: [setService(meanwhile)], because: edit ?? because },
  ];
}

function hasMixedFamilies({ services }: Table): boolean {
  for (const service of services.values()) {
    const family = serviceFamily(service.key);
    for (const { key } of service.destinations.values()) if (familyOf(key.address) !== family) return true;
  }
  return false;
}
