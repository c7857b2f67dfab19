/** Owns the check that a service of scheduler mh fits into its table (ip_vs_mh.c; kernel reference, 2.2). */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Destinations that the default size of mh's table (2^12) takes; that of one more is refused with EINVAL. */
const most = 4093;

/** Reports services of mh with more backends. */
export const checkMeshSize: Check = ({ services }, report, table) => {
  const declared = new Map(services.map((service) => [service.name.value, service]));
  for (const { name, settings, destinations } of table.services.values()) {
    if (settings.scheduler !== 'mh' || destinations.size <= most) continue;
    const service = declared.get(name ?? '');
    if (service === undefined) continue;
    const span = service.choices.scheduler?.span ?? service.name.span;
    const related = [
      { message: `service ${quoted(service.name.value)} has ${destinations.size}`, span: service.name.span },
    ];
    report(problem('too-many-for-mh', { count: destinations.size, most }, { span, related }));
  }
};
