/** Owns `ipvstx drift`. */

import { readStable } from '../../apply/stable-read.ts';
import { planTables } from '../../plan/plan.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { sha256 } from '../../store/sha256.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { kernelName } from '../kernel-name.ts';
import { withKernel } from '../kernel.ts';
import { type Applied, lastApplied, readRecords } from '../records.ts';
import { sysctlsOf } from '../sysctls-of.ts';
import { type PlanFormat, planFormats, planText } from './plan.ts';

/** How people know a generation. */
function generationName({ info: { number, source, time, user } }: Applied): string {
  return `generation ${number}: ${source}, applied ${time} by ${user}`;
}

/** Prints what leads from the live table back to the one that was applied last. */
export async function drift(format: PlanFormat, context: Context): Promise<ExitStatus> {
  const applied = await lastApplied(await readRecords(context));
  if (applied === undefined) {
    throw new Failure(
      'error',
      'there is no generation: nothing was applied here yet',
      'compare with a source: ipvstx plan SOURCE',
    );
  }
  const observed = await withKernel(context, readStable);
  const plan = planTables(observed, applied.table, {
    digest: sha256,
    sysctls: await sysctlsOf(context),
    formerly: applied.table,
  });
  const names = { live: await kernelName(context.options), source: generationName(applied) };
  await context.print(await planText(plan, names, format, context));
  return plan.steps.length > 0 ? 'differences' : 'done';
}

/** Its entry in the table of commands. */
export const driftCommand = defineCommand({
  name: 'drift',
  summary: 'compare the live table with what was applied last',
  description:
    'Prints what would bring the live table back to the last generation, as "plan" does, and ends with 2 if there is anything: somebody else has changed the table. Settings that the source of the generation did not speak of, and weights that it gave as initial, are no drift.',
  positionals: {},
  options: {
    format: { kind: 'choice', choices: planFormats, summary: 'how to print the difference (default: text)' },
  },
  examples: [{ line: 'ipvstx drift --format brief', does: 'for a monitor: 0 if all is as applied, 2 if not' }],
  run: (values, context) => drift(values.format ?? (context.options.json ? 'json' : 'text'), context),
});
