/** Owns `ipvstx restore`. */

import { applyTable } from '../apply-table.ts';
import { restoreAtBoot } from '../boot-restore.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { type Keeping, keepingOf, lockOptions } from '../keeping-options.ts';
import { limitOptions, limitsOf } from '../limit-options.ts';
import { loadTable } from '../load-table.ts';
import type { Limits } from '../../plan/analyze/guards.ts';
import type { Language } from '../reference.ts';
import { sourceOptions, sourceSummary } from '../source-options.ts';

interface RestoreInput {
  /** Standard input if none is named. */
  readonly source: string | undefined;
  readonly language: Language | undefined;
  readonly limits: Limits;
  readonly keeping?: Keeping;
  readonly boot?: boolean;
}

/** Makes the live table equal to the source, as one transaction; asks nobody. */
export async function restore(
  { source: named, language, limits, keeping, boot = false }: RestoreInput,
  context: Context,
): Promise<ExitStatus> {
  const source = named ?? '-';
  if (boot) {
    if (source === '-')
      throw new Failure('usage', 'at boot nobody is there who writes to standard input', 'name a file');
    return restoreAtBoot({ source, language, limits, ...(keeping === undefined ? {} : { keeping }) }, context);
  }
  const { name, snapshot, ...from } = await loadTable(source, language, context);
  const run = { command: `restore ${source}`, limits, ...(keeping === undefined ? {} : { keeping }) };
  return applyTable({ ...run, ...from, source: name, desired: snapshot.table }, context);
}

/** Its entry in the table of commands. */
export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'make the live table equal to a saved one, without a question',
  description:
    'Reads a source (standard input if none is named), and changes what differs from it in the live table. An equal service or backend is not touched, so its connections go on. If anything fails, all of it is undone. With --boot, for the unit that runs when the machine comes up: what a crash left is rolled back first, host names are not looked up, a table that is still empty needs no rehearsal, and where the source is bad the last generation is restored in its place; then the exit code is 3 all the same.',
  positionals: { source: { count: 'optional', summary: sourceSummary } },
  options: {
    boot: { kind: 'flag', summary: 'as at boot: if the source is bad, restore what was applied last' },
    ...limitOptions,
    ...lockOptions,
    ...sourceOptions,
  },
  examples: [
    { line: 'ipvstx restore /etc/ipvstx/today.rules', does: 'back to a saved table' },
    { line: 'ipvstx restore < /etc/ipvsadm.rules', does: 'in place of "ipvsadm -R"' },
    { line: 'ipvstx restore --boot /etc/ipvstx/director.ipvs', does: 'what ipvstx-restore.service does' },
  ],
  run: (values, context) =>
    restore(
      {
        source: values.source,
        language: values['input-format'],
        limits: limitsOf(values),
        keeping: keepingOf(values),
        boot: values.boot,
      },
      context,
    ),
});
