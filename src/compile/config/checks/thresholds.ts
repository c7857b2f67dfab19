/** Owns the check that a backend's thresholds fit together (kernel reference, 2.3). */

import { problem } from '../problems.ts';
import type { Check } from './check.ts';

/** Reports lower thresholds above the upper one, or without one: the kernel refuses both with ERANGE. */
export const checkThresholds: Check = ({ services }, report) => {
  for (const { backends } of services) {
    for (const { choices } of backends) {
      const { lower, upper } = choices;
      if (lower === undefined || lower.value <= (upper?.value ?? 0)) continue;
      const related = upper === undefined ? [] : [{ message: 'the upper threshold', span: upper.span }];
      report(
        problem(
          'lower-threshold-too-high',
          { lower: lower.value, upper: upper?.value ?? 0 },
          { span: lower.span, related },
        ),
      );
    }
  }
};
