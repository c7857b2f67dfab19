/** Owns the note on services whose forwarding method nobody wrote. */

import { problem } from '../problems.ts';
import type { Lint } from './lint.ts';

/** Notes services with backends that are reached by direct routing because nothing else is said. */
export const lintUnsaidForwarding: Lint = ({ config }, report) => {
  for (const { name, backends } of config.services) {
    if (backends.every(({ choices }) => choices.forwarding !== undefined)) continue;
    const suggestion = "add 'forward dr' to the service or to defaults";
    report(problem('unsaid-forwarding', { name: name.value }, { span: name.span, suggestion }));
  }
};
