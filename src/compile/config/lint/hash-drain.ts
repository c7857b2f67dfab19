/** Owns the lint of draining under schedulers that refuse the clients of a drained backend (kernel reference, 3.3). */

import { quoted } from '../../../../grammar/text/quoted.ts';
import type { Related } from '../../../../grammar/text/diagnostic.ts';
import { fallbackOf, refusesDrained } from '../../../model/fallback.ts';
import { problem } from '../problems.ts';
import type { ResolvedService } from '../resolved.ts';
import type { Lint } from './lint.ts';

/** The place where a drain is asked for. */
function drainIn({ backends, choices }: ResolvedService): Related | undefined {
  if (choices.onRemove?.value.kind === 'drain')
    return { message: 'drained when it is removed', span: choices.onRemove.span };
  const drained = backends.find((backend) => backend.choices.weight?.value.weight === 0)?.choices.weight;
  return drained && { message: 'drained now', span: drained.span };
}

/** Warns of services of sh and mh without fallback, and of dh, that drain a backend: its clients are refused. */
export const lintHashDrain: Lint = ({ config }, report) => {
  for (const service of config.services) {
    const { scheduler } = service.choices;
    if (scheduler === undefined || !refusesDrained(scheduler.value.name, scheduler.value.flags)) continue;
    const drain = drainIn(service);
    if (drain === undefined) continue;
    const { name } = scheduler.value;
    const fallback = fallbackOf(name);
    const suggestion =
      fallback === undefined
        ? `${quoted(name)} has no fallback: remove the backend instead`
        : `add flags ${fallback.word}`;
    const parts = { scheduler: name, service: service.name.value };
    report(problem('drain-refuses-clients', parts, { span: scheduler.span, related: [drain], suggestion }));
  }
};
