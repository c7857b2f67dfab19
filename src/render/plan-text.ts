/** Owns the plan as a person reads it on a terminal. */

import type { Plan } from '../plan/plan.ts';
import { type Layout, plainLayout } from './layout.ts';
import type { Meaning } from './paint.ts';
import { type PlanContext, headerOf, noChanges, summaryText } from './plan-header.ts';
import { type PlanRow, type RowSign, planRows } from './plan-rows.ts';
import { visible } from './visible.ts';

/** The whole text, with a line end behind the last line. */
export function renderPlanText(plan: Plan, context: PlanContext, layout: Layout = plainLayout): string {
  const header = headerOf(plan, context).map(([title, text]) => titled(title, text));
  if (plan.changes.length === 0) return lines([...header, '', noChanges]);
  const footer = [titled('Plan', summaryText(plan.summary))];
  if (context.next !== undefined) footer.push(titled('Next', context.next));
  return lines([...header, '', ...layOut(planRows(plan).map(printable), layout), '', ...footer]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function titled(title: string, text: string): string {
  return `${title.padEnd(8)}${visible(text)}`;
}

const meanings: Readonly<Record<RowSign, Meaning>> = {
  '+': 'add',
  '~': 'change',
  '-': 'remove',
  '!': 'drift',
  ' ': 'faint',
};

/** Columns of blanks between two columns. */
const gap = 2;

/** Aligns label, detail and effect. An effect that does not fit there stands behind its detail, or else below it. */
function layOut(rows: readonly PlanRow[], { width, paint }: Layout): readonly string[] {
  const heads = rows.map(headText);
  const headWidth = longest(heads.filter((_, index) => rows[index]?.detail !== '' || rows[index]?.disruption));
  const detailWidth = longest(rows.filter(({ disruption }) => disruption !== undefined).map(({ detail }) => detail));
  const disruptionWidth = longest(rows.map(({ disruption = '' }) => disruption));
  return rows.flatMap((row, index) => {
    const { sign, detail, disruption, effect } = row;
    const head = heads[index] ?? '';
    const shown = `${sign === ' ' ? head : paint(meanings[sign], head)}${blanks(headWidth - head.length + gap)}${detail}`;
    if (disruption === undefined) return [shown.trimEnd()];
    const paintEffect = (text: string): string => (disruption === 'cut' ? paint('error', text) : text);
    const aligned = `${disruption.padEnd(disruptionWidth + gap)}${effect}`.trimEnd();
    const compact = `${disruption}${blanks(gap)}${effect}`.trimEnd();
    const room = width - headWidth - gap;
    if (detailWidth + gap + aligned.length <= room) {
      return [`${shown}${blanks(detailWidth - detail.length + gap)}${paintEffect(aligned)}`];
    }
    const apart = detail === '' ? '' : blanks(gap);
    if (detail.length + apart.length + compact.length <= room) return [`${shown}${apart}${paintEffect(compact)}`];
    return [shown.trimEnd(), `${blanks(indentOf(head) + 4)}${paintEffect(compact)}`];
  });
}

/** A table that was read may name a scheduler or an interface in any way. */
function printable(row: PlanRow): PlanRow {
  return { ...row, label: visible(row.label), detail: visible(row.detail) };
}

/** A service's own attributes stand two columns further in than its backends' signs. */
function headText({ depth, sign, label }: PlanRow): string {
  return depth === 2 ? `${blanks(6)}${label}` : `${blanks(2 + 2 * depth)}${sign} ${label}`;
}

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}

function blanks(count: number): string {
  return ' '.repeat(Math.max(0, count));
}

function longest(texts: readonly string[]): number {
  return texts.reduce((length, text) => Math.max(length, text.length), 0);
}
