/** Owns the plan as Markdown, for the comment of a merge request. */

import type { Plan } from '../plan/plan.ts';
import { type PlanContext, countsText, effortText, headerOf, noChanges } from './plan-header.ts';
import { planRows } from './plan-rows.ts';
import { visible } from './visible.ts';

/** A heading with the counts, the tables that were compared, and a row for each line of the plan's text. */
export function renderPlanMarkdown(plan: Plan, context: PlanContext): string {
  const header = headerOf(plan, context).map(([title, text]) => `- ${title}: ${escaped(text)}`);
  if (plan.changes.length === 0) return lines([`### ${noChanges}`, '', ...header]);
  const rows = planRows(plan).map(({ depth, sign, label, detail, disruption = '', effect }) => {
    const indent = '&emsp;'.repeat(depth);
    const cells = [sign === ' ' ? '' : `\`${sign}\``, indent + escaped(label), escaped(detail), disruption, effect];
    return `| ${cells.join(' | ')} |`;
  });
  return lines([
    `### ${countsText(plan.summary)}`,
    '',
    `**${effortText(plan.summary)}**`,
    '',
    ...header,
    '',
    '| | what | becomes | disruption | connections |',
    '| - | - | - | - | - |',
    ...rows,
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** Text that a table was read with may hold anything; Markdown sees none of it as its own. */
function escaped(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|&~#]/g, '\\$&');
}
