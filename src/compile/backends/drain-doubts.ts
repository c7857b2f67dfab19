/** Owns what there is to say before backends get weight 0: who will be refused, and who will come all the same. */

import type { Diagnostic } from '../../../grammar/text/diagnostic.ts';
import { type Service, type ServiceId, serviceId } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { problem as configProblem } from '../config/problems.ts';
import { fallbackOf, refusesDrained } from '../../model/fallback.ts';
import { problem } from './problems.ts';

/** What the answer depends on beside the table. */
export interface DrainSurroundings {
  /** net.ipv4.vs.expire_quiescent_template is not 0. */
  readonly templatesExpire: boolean;
}

const takesNew = ({ destinations }: Service): boolean =>
  [...destinations.values()].some(({ settings }) => settings.weight > 0);

/** Doubts about the services of `table`, as it will be, in which something is drained. */
export function drainDoubts(
  table: Table,
  services: ReadonlySet<ServiceId>,
  { templatesExpire }: DrainSurroundings,
): readonly Diagnostic[] {
  return [...table.services.values()].flatMap((service) => {
    const { scheduler, flags, persistence } = service.settings;
    const id = serviceId(service.key);
    if (!services.has(id)) return [];
    const doubts: Diagnostic[] = [];
    if (!takesNew(service)) doubts.push(problem('drain-leaves-none', { service: id }));
    else if (refusesDrained(scheduler, flags)) {
      const fallback = fallbackOf(scheduler);
      const suggestion =
        fallback === undefined
          ? `'${scheduler}' has no fallback: remove the backend instead`
          : `set flag ${fallback.word} first`;
      doubts.push(configProblem('drain-refuses-clients', { scheduler, service: id }, { suggestion }));
    }
    if (persistence !== undefined && !templatesExpire) {
      const suggestion = 'sysctl -w net.ipv4.vs.expire_quiescent_template=1';
      doubts.push(problem('drain-keeps-templates', { service: id }, { suggestion }));
    }
    return doubts;
  });
}
