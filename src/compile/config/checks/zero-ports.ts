/** Owns the check that a service of all ports is persistent (ipvsadm reference, 1.1). */

import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Reports listeners on port 0 without persistence: the kernel takes them and schedules nothing. */
export const checkZeroPorts: Check = ({ services }, report) => {
  for (const { listeners, choices } of services) {
    if (choices.persist !== undefined && choices.persist.value !== 'off') continue;
    const zero = listeners.find(({ key }) => key.kind === 'endpoint' && key.port === 0);
    if (zero === undefined) continue;
    report(
      problem('port-0-not-persistent', undefined, { span: zero.span, suggestion: "add 'persist' to the service" }),
    );
  }
};
