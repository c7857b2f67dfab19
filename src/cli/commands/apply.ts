/** Owns `ipvstx apply`. */

import type { Limits } from '../../plan/analyze/guards.ts';
import { applyTable } from '../apply-table.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { type Keeping, confirmOptions, keepingOf, lockOptions } from '../keeping-options.ts';
import { limitOptions, limitsOf } from '../limit-options.ts';
import { loadTable } from '../load-table.ts';
import { readPlanFile } from '../saved-plan.ts';
import type { Language } from '../reference.ts';
import { type PlanScope, drainOf, scopeOf, scopeOptions, scoped } from '../scope-options.ts';
import { sourceOptions, sourceSummary } from '../source-options.ts';
import { canAsk } from '../terminal.ts';

interface ApplyInput {
  readonly source: string;
  readonly language: Language | undefined;
  readonly limits: Limits;
  readonly keeping: Keeping;
  readonly scope: PlanScope;
  /** Whether it was agreed to beforehand. */
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Shows what would change, asks, and makes the live table match the source or the saved plan, or leaves it as it was. */
export async function apply(input: ApplyInput, context: Context): Promise<ExitStatus> {
  const { source, language, yes, dryRun, limits, keeping, scope } = input;
  if (!yes && !dryRun && (source === '-' || !canAsk(context.host))) {
    throw new Failure('usage', 'apply asks before it writes, and nobody can answer here', 'agree with --yes');
  }
  const run = { command: `apply ${source}`, limits, keeping, dryRun, approval: yes ? 'show' : 'ask' } as const;
  const plan = language === undefined ? await readPlanFile(source, context) : undefined;
  if (plan !== undefined) {
    if (Object.keys(scope).length > 0) {
      throw new Failure('usage', `${source} is a plan, and what it may remove is decided`, 'make a new plan');
    }
    const { desired, fingerprint: basis } = plan;
    return applyTable({ ...run, ...drainOf(plan), desired, basis, plan, source: `${source}: ${plan.source}` }, context);
  }
  const { name, snapshot, ...from } = await loadTable(source, language, context);
  const desired = scoped(snapshot.table, scope);
  return applyTable({ ...run, ...from, ...drainOf(scope), source: name, desired }, context);
}

/** Its entry in the table of commands. */
export const applyCommand = defineCommand({
  name: 'apply',
  summary: 'make the live table match a source, wholly or not at all',
  description:
    'Compares the live table with a source, shows the plan, asks (the default answer is no), and carries it out over netlink. The result is read back and verified. If anything fails, all of it is undone and that is verified, too.',
  positionals: { source: { count: 'one', summary: `${sourceSummary}, or a plan saved by "plan -o"` } },
  options: {
    yes: { kind: 'flag', alias: 'y', summary: 'do not ask; needed where nobody sits at a terminal' },
    'dry-run': { kind: 'flag', summary: 'stop before the first write' },
    ...confirmOptions,
    ...limitOptions,
    ...lockOptions,
    ...scopeOptions,
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx apply site.rules', does: 'look at the plan, then agree or not' },
    { line: 'ipvstx apply site.rules --yes --max-deletes 10%', does: 'unattended, with a limit' },
    { line: 'ipvstx apply site.rules --confirm-within 2m', does: 'back again unless "ipvstx confirm" comes in time' },
  ],
  run: (values, context) =>
    apply(
      {
        source: values.source,
        language: values['input-format'],
        limits: limitsOf(values),
        keeping: keepingOf(values),
        scope: scopeOf(values),
        yes: values.yes,
        dryRun: values['dry-run'],
      },
      context,
    ),
});
