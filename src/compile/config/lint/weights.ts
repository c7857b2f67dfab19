/** Owns the lints of services that take no new connections. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import type { Family } from '../../../../grammar/value/family.ts';
import { serviceFamily } from '../../../model/service.ts';
import { addressesFor } from '../expand.ts';
import { problem } from '../problems.ts';
import type { ResolvedService } from '../resolved.ts';
import type { Lint } from './lint.ts';

/** The families of a service whose backends all have weight 0: nobody who comes to such a listener is served. */
function zeroFamilies({ listeners, backends }: ResolvedService): { readonly zero: Family[]; readonly all: boolean } {
  const families = [...new Set(listeners.map(({ key }) => serviceFamily(key)))];
  const zero = families.filter((family) => {
    const reached = backends.filter((backend) => addressesFor(backend, family).length > 0);
    return reached.length > 0 && reached.every(({ choices }) => choices.weight?.value.weight === 0);
  });
  return { zero, all: zero.length === families.length };
}

/** Warns of services without backends, and of services whose backends all have weight 0. */
export const lintWeights: Lint = ({ config }, report) => {
  for (const service of config.services) {
    const { name, backends, uses } = service;
    const details = { span: name.span };
    if (backends.length === 0) {
      const [use] = uses;
      const related =
        use?.pool === undefined
          ? []
          : [{ message: `pool ${quoted(use.pool.name.value)} is empty`, span: use.pool.name.span }];
      report(problem('service-without-backends', { name: name.value }, { ...details, related }));
    } else {
      const { zero, all } = zeroFamilies(service);
      const [family] = all ? [] : zero;
      if (zero.length > 0) report(problem('all-weights-0', { name: name.value, family }, details));
    }
  }
};
