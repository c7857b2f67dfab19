/** Owns `ipvstx plan`. */

import { type Plan, planTables } from '../../plan/plan.ts';
import { renderPlanBrief } from '../../render/plan-brief.ts';
import type { PlanContext } from '../../render/plan-header.ts';
import { renderPlanJson } from '../../render/plan-json.ts';
import { renderPlanMarkdown } from '../../render/plan-markdown.ts';
import { renderPlanText } from '../../render/plan-text.ts';
import { renderUnified } from '../../render/plan-unified.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { sha256 } from '../../store/sha256.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { loadTable } from '../load-table.ts';
import { applyCommandLine } from '../next-command.ts';
import type { Language } from '../reference.ts';
import { savePlan } from '../saved-plan.ts';
import { comparableText } from '../rules-text.ts';
import { planLive } from '../plan-live.ts';
import { type PlanScope, drainOf, scopeOf, scopeOptions, scoped } from '../scope-options.ts';
import { sourceOptions, sourceSummary } from '../source-options.ts';
import { asFarAsSpokenOf } from '../spoken-of.ts';

/** How a plan is printed. */
export const planFormats = ['text', 'unified', 'brief', 'json', 'markdown'] as const;

/** One of {@link planFormats}. */
export type PlanFormat = (typeof planFormats)[number];

/** The text of a plan. */
export async function planText(
  plan: Plan,
  names: PlanContext,
  format: PlanFormat,
  { layout }: Context,
): Promise<string> {
  switch (format) {
    case 'text':
      return renderPlanText(plan, names, layout);
    case 'brief':
      return renderPlanBrief(plan);
    case 'json':
      return renderPlanJson(plan, names);
    case 'markdown':
      return renderPlanMarkdown(plan, names);
    case 'unified': {
      const before = { name: names.live, text: comparableText(plan.observed.table) };
      const after = { name: names.source, text: comparableText(plan.expected) };
      return renderUnified(before, after, layout.paint);
    }
  }
}

interface PlanInput {
  readonly source: string;
  /** What is compared with the source in place of the live table. */
  readonly from: string;
  readonly language: Language | undefined;
  readonly format: PlanFormat;
  readonly detailedExitcode: boolean;
  readonly scope?: PlanScope;
  /** Where the plan is saved, for `apply`. */
  readonly output?: string | undefined;
}

/** Prints the difference between a table and a source. */
export async function plan(
  { source, from, language, format, detailedExitcode, output, scope = {} }: PlanInput,
  context: Context,
): Promise<ExitStatus> {
  if (source === '-' && from === '-') throw new Failure('usage', 'standard input can be read only once');
  if (output !== undefined && from !== 'live') {
    throw new Failure('usage', 'only a plan for the live table can be applied later, and so saved', 'leave out --from');
  }
  const after = await loadTable(source, language, context);
  const before = await loadTable(from, language, context);
  const table = scoped(after.snapshot.table, scope);
  const desired = source === 'live' ? asFarAsSpokenOf(table, before.snapshot.table) : table;
  const drain = drainOf(scope);
  const plan =
    from === 'live'
      ? await planLive(before.snapshot, desired, drain, context)
      : planTables(before.snapshot, desired, { digest: sha256, ...drain });
  // Standard input is gone by then.
  const appliable = from === 'live' && (source !== '-' || output !== undefined) && plan.steps.length > 0;
  const next = appliable
    ? { next: applyCommandLine(output ?? source, output === undefined ? { language, ...scope } : {}, context) }
    : {};
  if (output !== undefined) {
    const saved = { desired, fingerprint: plan.basis, source: after.name, file: after.file };
    await savePlan({ ...saved, ...drain }, output, context);
  }
  const names = { live: before.name, isLive: from === 'live', source: after.name, ...next };
  await context.print(await planText(plan, names, format, context));
  return detailedExitcode && plan.steps.length > 0 ? 'differences' : 'done';
}

/** Its entry in the table of commands. */
export const planCommand = defineCommand({
  name: 'plan',
  summary: 'show what an apply would change, and whom it would disturb',
  description:
    'Compares a source with the live table and prints what would be added, changed and removed, with the effect of each change on connections that exist. It writes nothing.',
  positionals: { source: { count: 'one', summary: sourceSummary } },
  options: {
    from: {
      kind: 'value',
      placeholder: 'SOURCE',
      parse: (text: string) => (text === '' ? undefined : text),
      expects: 'a table',
      summary: 'compare with this table in place of the live one',
    },
    format: { kind: 'choice', choices: planFormats, summary: 'how to print the plan (default: text)' },
    output: {
      kind: 'value',
      alias: 'o',
      placeholder: 'FILE',
      parse: (text: string) => (text === '' || text === '-' ? undefined : text),
      expects: 'the name of a file',
      summary: 'save the plan, for "ipvstx apply FILE": it runs once, and only on this very table',
    },
    'detailed-exitcode': { kind: 'flag', summary: 'end with 2 if there are differences' },
    ...scopeOptions,
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx plan site.rules', does: 'what "apply" would do' },
    {
      line: 'ipvstx plan site.rules -o change.plan',
      does: 'for a review: "ipvstx apply change.plan" runs exactly this',
    },
    { line: 'ipvstx plan --from git:main:site.rules site.rules', does: 'what a branch changes, without a kernel' },
  ],
  run: (values, context) =>
    plan(
      {
        source: values.source,
        from: values.from ?? 'live',
        language: values['input-format'],
        format: values.format ?? (context.options.json ? 'json' : 'text'),
        detailedExitcode: values['detailed-exitcode'],
        output: values.output,
        scope: scopeOf(values),
      },
      context,
    ),
});
