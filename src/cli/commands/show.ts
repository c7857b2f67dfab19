/** Owns `ipvstx show`. */

import { readStable } from '../../apply/stable-read.ts';
import { fingerprintOf } from '../../plan/fingerprint.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { sha256 } from '../../store/sha256.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { kernelName } from '../kernel-name.ts';
import { withKernel } from '../kernel.ts';
import { applyCommandLine } from '../next-command.ts';
import { planLive } from '../plan-live.ts';
import { readPlanFile } from '../saved-plan.ts';
import { drainOf } from '../scope-options.ts';
import { type PlanFormat, planFormats, planText } from './plan.ts';

/** Prints a saved plan over the table that it was made for. */
export async function show(file: string, format: PlanFormat, context: Context): Promise<ExitStatus> {
  const saved = await readPlanFile(file, context);
  if (saved === undefined)
    throw new Failure('error', `"${file}" holds no plan`, 'save one with "ipvstx plan SOURCE -o FILE"');
  const observed = await withKernel(context, readStable);
  if (fingerprintOf(observed.table, sha256) !== saved.fingerprint) {
    throw new Failure('stale', 'the live table is not the one that the plan was made for any more', 'make a new plan');
  }
  const plan = await planLive(observed, saved.desired, drainOf(saved), context);
  const names = { live: await kernelName(context.options), source: `${file}: ${saved.source}` };
  const next = applyCommandLine(file, {}, context);
  await context.print(await planText(plan, { ...names, next }, format, context));
  return 'done';
}

/** Its entry in the table of commands. */
export const showCommand = defineCommand({
  name: 'show',
  summary: 'print a saved plan again',
  description:
    'Prints a plan that "plan -o" saved, with the connections of now. It ends with 4 if the live table is not the one that the plan was made for.',
  positionals: { plan: { count: 'one', summary: 'the file of a saved plan' } },
  options: { format: { kind: 'choice', choices: planFormats, summary: 'how to print the plan (default: text)' } },
  examples: [{ line: 'ipvstx show change.plan', does: 'what "ipvstx apply change.plan" would do' }],
  run: (values, context) => show(values.plan, values.format ?? (context.options.json ? 'json' : 'text'), context),
});
