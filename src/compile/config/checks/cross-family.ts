/** Owns the checks of backends in the other address family (kernel reference, 2.3 and 7). */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { serviceFamily } from '../../../model/service.ts';
import { forwardingOf } from '../expand.ts';
import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Reports `cross-family` where it takes effect and the kernel refuses it: without a tunnel, or beside a sync daemon. */
export const checkCrossFamily: Check = ({ services, daemons }, report) => {
  const daemon = [...daemons.values()].find(({ value }) => value !== 'stopped');
  for (const { name, listeners, backends } of services) {
    const families = new Set(listeners.map(({ key }) => serviceFamily(key)));
    for (const backend of backends) {
      const { member, choices } = backend;
      if (choices.crossFamily === undefined) continue;
      const crosses = [...families].some((family) => member.addresses[family].length === 0);
      if (!crosses) continue;
      const { span } = choices.crossFamily;
      const related = [{ message: `used by service ${quoted(name.value)}`, span: name.span }];
      if (forwardingOf(backend).method !== 'tunnel')
        report(problem('cross-family-without-tunnel', undefined, { span, related }));
      else if (daemon !== undefined) {
        const running = { message: 'the daemon is started here', span: daemon.span };
        report(problem('cross-family-with-daemon', undefined, { span, related: [running, ...related] }));
      }
    }
  }
};
