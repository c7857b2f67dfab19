/** Owns the restore at boot: if today's source is bad, the director comes up with the table that was good last. */

import { type DiagnosticDefinition, problemsOf } from '../../grammar/text/diagnostic.ts';
import { type ApplyRequest, applyTable } from './apply-table.ts';
import type { Context } from './context.ts';
import type { ExitStatus } from './exit.ts';
import { Failure } from './failure.ts';
import type { Resolve } from './host-names.ts';
import { type LoadedTable, loadTable } from './load-table.ts';
import { lastApplied, readRecords } from './records.ts';
import type { Language } from './reference.ts';

/** Every sentence about a boot. */
export const bootProblems = {
  'boot-fell-back': {
    severity: 'warning',
    message: ({ source, generation }: { readonly source: string; readonly generation: string }) =>
      `${source} can't be applied; ${generation} is restored in its place`,
    explanation:
      'At boot a bad file must not leave the director without a table. The last generation was good when it was applied. Repair the file and apply it; the exit code stays 3 until then, so that the unit is shown as failed.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const problem = problemsOf(bootProblems);

/** No name has an address: what a look-up answers while the network comes up is no basis for a table. */
const lookNothingUp: Resolve = () => Promise.resolve({ unasked: true, host: () => undefined });

/** How it is carried out, whatever the table is. */
type Carrying = Pick<ApplyRequest, 'limits' | 'keeping'>;

interface BootRestore extends Carrying {
  readonly source: string;
  readonly language: Language | undefined;
}

/** The source; undefined, and the reason is told, if it can't be read or is invalid. */
async function loadToday({ source, language }: BootRestore, context: Context): Promise<LoadedTable | undefined> {
  try {
    return await loadTable(source, language, context, lookNothingUp);
  } catch (error) {
    if (!(error instanceof Failure) || error.status === 'usage') throw error;
    await context.note(`${error.message}\n`);
    return undefined;
  }
}

/** Applies what the history got last, and ends as invalid all the same: today's source was not applied. */
async function fallBack(carrying: Carrying, source: string, context: Context): Promise<ExitStatus> {
  const last = await lastApplied(await readRecords(context));
  if (last === undefined) {
    await context.note('there is no generation to fall back to: nothing was applied here yet\n');
    return 'invalid';
  }
  const { number, source: origin } = last.info;
  const generation = `generation ${number} (${origin})`;
  await context.report([problem('boot-fell-back', { source, generation })]);
  const run = { command: `restore --boot ${source}`, source: `generation ${number}`, desired: last.table };
  const status = await applyTable({ ...carrying, ...run }, context);
  return status === 'done' ? 'invalid' : status;
}

/** The kernel would not have it, and nothing is left of the attempt. */
const refusals: ReadonlySet<ExitStatus> = new Set(['invalid', 'rolled-back']);

/** Makes the live table equal to the source or, if that is bad, to what was applied last. Asks nobody, looks no name up. */
export async function restoreAtBoot(request: BootRestore, context: Context): Promise<ExitStatus> {
  const { source, limits } = request;
  // A cold table has no traffic that a rehearsal could protect, and the boot shall be short.
  const keeping = { ...request.keeping, rehearse: 'unless-empty', recoverFirst: true } as const;
  const today = await loadToday(request, context);
  if (today !== undefined) {
    const { name, snapshot, ...from } = today;
    const run = { command: `restore --boot ${source}`, source: name, desired: snapshot.table };
    const status = await applyTable({ limits, keeping, ...from, ...run }, context);
    if (!refusals.has(status)) return status;
  }
  return fallBack({ limits, keeping }, source, context);
}
