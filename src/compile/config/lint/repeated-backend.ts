/** Owns the lint of a backend that a service has from several pools. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { serviceFamily } from '../../../model/service.ts';
import { addressesFor } from '../expand.ts';
import { problem } from '../problems.ts';
import type { Backend, Use } from '../resolved.ts';
import type { Lint } from './lint.ts';

/** Warns of addresses that a service takes from more than one pool: under other ports they are two backends. */
export const lintRepeatedBackend: Lint = ({ config }, report) => {
  for (const { listeners, uses } of config.services) {
    if (uses.length < 2) continue;
    const families = new Set(listeners.map(({ key }) => serviceFamily(key)));
    const reached = (backend: Backend) => [...families].flatMap((family) => addressesFor(backend, family));
    const first = new Map<string, Use>();
    for (const use of uses) {
      for (const address of new Set(use.backends.flatMap(reached))) {
        const before = first.get(address) ?? use;
        first.set(address, before);
        if (before === use) continue;
        const related = [{ message: 'it comes from here, too', span: before.span }];
        const from = use.pool === undefined ? 'this line' : `pool ${quoted(use.pool.name.value)}`;
        report(problem('backend-in-several-pools', { address, from }, { span: use.span, related }));
      }
    }
  }
};
