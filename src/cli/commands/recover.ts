/** Owns `ipvstx recover`. */

import type { KeptResult } from '../../store/kept-run.ts';
import { type Hold, holdState, unsettled } from '../../store/hold.ts';
import { recover as recoverPending } from '../../store/recover.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { presentUser } from '../guardian.ts';
import { lockOptions } from '../keeping-options.ts';
import { withKernel } from '../kernel.ts';
import { reportOutcome } from '../outcome.ts';
import { showProgress } from '../progress.ts';
import { believing } from '../records.ts';
import { keptStateOf } from '../state-place.ts';
import { busyFailure } from '../unbegun.ts';

interface RecoverInput {
  readonly forward: boolean;
  /** Milliseconds. */
  readonly lockTimeout: number | undefined;
}

async function settle(hold: Hold, forward: boolean, context: Context): Promise<KeptResult | undefined> {
  const pending = await unsettled(hold);
  if (pending === undefined) return undefined;
  const options = { forward, user: presentUser(), observe: showProgress(context) };
  return withKernel(context, (port) => recoverPending(hold, pending, { port, ...options }));
}

/** Ends what a crash left: back to the table before it, or forward to the one that was wanted. */
export async function recover({ forward, lockTimeout }: RecoverInput, context: Context): Promise<ExitStatus> {
  const state = await keptStateOf(context);
  const wait = lockTimeout === undefined ? {} : { lockTimeout: lockTimeout / 1000 };
  const result = await believing(async () => {
    const hold = await holdState({ ...state, command: 'recover', ...wait });
    if (!('lock' in hold)) throw busyFailure(hold);
    try {
      return await settle(hold, forward, context);
    } finally {
      await hold.lock.release();
    }
  });
  if (result === undefined) {
    await context.note('nothing to recover: no transaction is unfinished\n');
    return 'done';
  }
  if (result.kind === 'rolled-back') {
    await context.note(
      'recovered: the table is the one from before the unfinished transaction, and that is verified\n',
    );
    return 'done';
  }
  if (result.kind === 'busy' || result.kind === 'pending' || result.kind === 'unusable') {
    throw new TypeError(`a recovery does not end as ${result.kind}`);
  }
  return reportOutcome(result, context);
}

/** Its entry in the table of commands. */
export const recoverCommand = defineCommand({
  name: 'recover',
  summary: 'finish what a crash left half done',
  description:
    'A run whose process was killed leaves its journal open, and no other run writes to the table until it is settled. This rolls the table back to what it was before that run, or forward to what the run wanted, and verifies it. It asks nobody, and does nothing if nothing is unfinished.',
  positionals: {},
  options: {
    forward: { kind: 'flag', summary: 'finish the transaction instead of undoing it' },
    'lock-timeout': lockOptions['lock-timeout'],
  },
  examples: [
    { line: 'ipvstx recover', does: 'back to the table before the crash' },
    { line: 'ipvstx recover --forward', does: 'on to the table that was wanted' },
  ],
  run: (values, context) => recover({ forward: values.forward, lockTimeout: values['lock-timeout'] }, context),
});
