/** Owns the plan in one line per change, for logs and chat. */

import { tally } from '../plan/summary.ts';
import { subjectOf, subjectText } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { noChanges, summaryText } from './plan-header.ts';

const signs = { add: '+', change: '~', remove: '-' } as const;

/** A line for each change, and the numbers. */
export function renderPlanBrief({ changes, summary }: Plan): string {
  if (changes.length === 0) return `${noChanges}\n`;
  const lines = changes.map(({ change, disruption, isDrift }) => {
    const [verb] = tally(change);
    return `${isDrift === true ? '!' : signs[verb]} ${subjectText(subjectOf(change))}: ${disruption}`;
  });
  return `${[...lines, summaryText(summary)].join('\n')}\n`;
}
