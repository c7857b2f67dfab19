/** Owns the guards: what a plan may not do unless somebody said that it may. */

import { type DiagnosticDefinition, type Diagnostic, problemsOf } from '../../../grammar/text/diagnostic.ts';
import { serviceId } from '../../model/service.ts';
import { countDestinations } from '../../model/table.ts';
import type { Plan } from '../plan.ts';

/** How much a plan may take away. */
export interface Limits {
  /** Whether a table that has services may become empty, and a service that has backends may lose all of them. */
  readonly allowEmpty?: boolean;
  /** Services and backends together; a percentage is of those that exist. */
  readonly maxDeletes?: { readonly count: number } | { readonly percent: number };
}

/** What guards say. */
export const guardProblems = {
  'plan-empties-table': {
    severity: 'error',
    message: ({ services }: { readonly services: number }) =>
      `the plan removes all ${services} service(s) and leaves the table empty`,
    explanation:
      'An empty source is more often a mistake (a wrong path, a failed include) than a wish. Say --allow-empty if it is one.',
  },
  'plan-empties-service': {
    severity: 'error',
    message: ({ service }: { readonly service: string }) => `the plan leaves service ${service} without a backend`,
    explanation: 'A service without backends refuses every client. Remove the service instead, or say --allow-empty.',
  },
  'plan-deletes-too-much': {
    severity: 'error',
    message: ({ deletes, limit, of }: { readonly deletes: number; readonly limit: string; readonly of: number }) =>
      `the plan removes ${deletes} of ${of} services and backends; at most ${limit} may go`,
    explanation: 'The limit given with --max-deletes is exceeded. Look at the plan, then raise the limit.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const problem = problemsOf(guardProblems);

/** Every guard that `plan` runs into; none means that it may run. */
export function guard(plan: Plan, limits: Limits): readonly Diagnostic[] {
  return [...(limits.allowEmpty === true ? [] : emptied(plan)), ...exceeded(plan, limits)];
}

function* emptied({ observed, expected, changes }: Plan): Iterable<Diagnostic> {
  const services = observed.table.services.size;
  if (services > 0 && expected.services.size === 0) {
    yield problem('plan-empties-table', { services });
    return;
  }
  const losing = new Set<string>();
  for (const { change } of changes) {
    if (change.kind === 'remove-destination') losing.add(serviceId(change.service));
  }
  for (const [id, service] of expected.services) {
    if (service.destinations.size > 0 || !losing.has(id)) continue;
    const details = service.origin === undefined ? {} : { span: service.origin };
    yield problem('plan-empties-service', { service: id }, details);
  }
}

function* exceeded({ observed, summary }: Plan, { maxDeletes }: Limits): Iterable<Diagnostic> {
  if (maxDeletes === undefined) return;
  const of = observed.table.services.size + countDestinations(observed.table);
  const [allowed, limit] =
    'count' in maxDeletes
      ? [maxDeletes.count, `${maxDeletes.count}`]
      : [(of * maxDeletes.percent) / 100, `${maxDeletes.percent}%`];
  if (summary.remove > allowed) yield problem('plan-deletes-too-much', { deletes: summary.remove, limit, of });
}
