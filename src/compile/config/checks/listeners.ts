/** Owns the check that a service listens somewhere. */

import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Reports services without a listener, unless one of their lines could not be read. */
export const checkListeners: Check = ({ services }, report) => {
  for (const { name, listeners, complete } of services) {
    if (listeners.length > 0 || !complete) continue;
    const suggestion = 'add a line: tcp ADDRESS port PORT';
    report(problem('service-without-listener', { name: name.value }, { span: name.span, suggestion }));
  }
};
