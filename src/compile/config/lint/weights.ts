/** Owns the lints of services that take no new connections. */

import { quoted } from '../../../../grammar/text/quoted.ts';
import { problem } from '../problems.ts';
import type { Lint } from './lint.ts';

/** Warns of services without backends, and of services whose backends all have weight 0. */
export const lintWeights: Lint = ({ config }, report) => {
  for (const { name, backends, uses } of config.services) {
    const details = { span: name.span };
    if (backends.length === 0) {
      const [use] = uses;
      const related =
        use?.pool === undefined
          ? []
          : [{ message: `pool ${quoted(use.pool.name.value)} is empty`, span: use.pool.name.span }];
      report(problem('service-without-backends', { name: name.value }, { ...details, related }));
    } else if (backends.every(({ choices }) => choices.weight?.value.weight === 0)) {
      report(problem('all-weights-0', { name: name.value }, details));
    }
  }
};
