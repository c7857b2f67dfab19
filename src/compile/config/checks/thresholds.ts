/** Owns the check that a backend's thresholds fit together (kernel reference, 2.3). */

import { problem } from '../problems.ts';
import type { BackendChoices } from '../resolved.ts';
import type { Check } from './check.ts';

/** Reports lower thresholds above the upper one, or without one: the kernel refuses both with ERANGE. */
export const checkThresholds: Check = ({ pools, services }, report) => {
  const look = ({ lower, upper }: BackendChoices): void => {
    if (lower === undefined || lower.value <= (upper?.value ?? 0)) return;
    const related = upper === undefined ? [] : [{ message: 'the upper threshold', span: upper.span }];
    const parts = { lower: lower.value, upper: upper?.value ?? 0 };
    report(problem('lower-threshold-too-high', parts, { span: lower.span, related }));
  };
  // What a member says in full is wrong whoever uses it; what it leaves to others depends on them.
  for (const { members } of pools) for (const { choices } of members) if (choices.upper !== undefined) look(choices);
  for (const { backends } of services) for (const { choices } of backends) look(choices);
};
