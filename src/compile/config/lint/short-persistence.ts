/** Owns the lint of persistence that ends before idle connections do. */

import { kernelDefaultTimeouts } from '../../../model/timeouts.ts';
import { problem } from '../problems.ts';
import type { Lint } from './lint.ts';

/** Warns of services of TCP whose written persistence is shorter than the time that an idle connection is kept. */
export const lintShortPersistence: Lint = ({ config }, report) => {
  const { tcp = kernelDefaultTimeouts.tcp, origin } = config.timeouts;
  const related =
    config.timeouts.tcp === undefined || origin === undefined ? [] : [{ message: 'the timeout of TCP', span: origin }];
  for (const { listeners, choices } of config.services) {
    const { persist } = choices;
    if (persist === undefined || persist.value === 'off' || persist.value.timeout >= tcp) continue;
    // Nobody wrote either of the two: the program's and the kernel's defaults are not the file's mistake.
    if (!persist.value.timed && config.timeouts.tcp === undefined) continue;
    if (!listeners.some(({ key }) => key.kind === 'mark' || key.protocol === 'tcp')) continue;
    report(
      problem(
        'persistence-shorter-than-tcp',
        { persistence: persist.value.timeout, tcp },
        { span: persist.span, related },
      ),
    );
  }
};
