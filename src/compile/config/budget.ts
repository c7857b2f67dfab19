/** Owns how much a configuration may come to: a few bytes of text can stand for more addresses than there is memory. */

import type { Span } from '../../../grammar/text/span.ts';
import { problem } from './problems.ts';
import type { Report } from './report.ts';

/** Addresses of ranges, listeners, services and destinations together; twice what a table of half a million backends takes. */
const most = 2_000_000;

/** What is left. */
export interface Budget {
  /** Whether there is room for so many more; the first time there is none is reported. */
  readonly spend: (count: number, span: Span) => boolean;
}

/** A whole budget. */
export function openBudget(report: Report): Budget {
  let left = most;
  return {
    spend: (count, span) => {
      if (left >= 0 && left < count) report(problem('table-too-large', { most }, { span }));
      left = left < count ? -1 : left - count;
      return left >= 0;
    },
  };
}
