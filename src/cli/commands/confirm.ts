/** Owns `ipvstx confirm`. */

import { confirmPending } from '../../store/confirm.ts';
import { openStateDirectory } from '../../store/state-directory.ts';
import { defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ExitStatus } from '../exit.ts';
import { Failure } from '../failure.ts';
import { believing } from '../records.ts';
import { keptStateOf } from '../state-place.ts';

/** Keeps what a run has applied that waits for it. */
export async function confirm(context: Context): Promise<ExitStatus> {
  const { stateDirectory, place } = await keptStateOf(context);
  const confirmation = await believing(async () =>
    confirmPending(await (await openStateDirectory(stateDirectory)).directory(place.name)),
  );
  switch (confirmation.kind) {
    case 'nothing':
      throw new Failure('error', 'no transaction waits for a confirmation');
    case 'not-waiting':
      throw new Failure(
        'busy',
        'a transaction is pending, but it does not wait for a confirmation',
        'see "ipvstx status"',
      );
    case 'no-answer':
      throw new Failure('busy', 'the run that waited is gone', 'roll it back with "ipvstx recover"');
    case 'settled':
      if (confirmation.settlement !== 'applied') {
        throw new Failure(
          'unconfirmed',
          'the confirmation came too late: the old table is back',
          'see "ipvstx history"',
        );
      }
      await context.note('confirmed: the new table stays\n');
      return 'done';
  }
}

/** Its entry in the table of commands. */
export const confirmCommand = defineCommand({
  name: 'confirm',
  summary: 'keep what was applied with --confirm-within',
  description:
    'Settles the transaction that waits for a confirmation: the new table stays, and becomes a generation of the history. Without this it is rolled back at its deadline.',
  positionals: {},
  options: {},
  examples: [{ line: 'ipvstx confirm', does: 'the change did not cut you off' }],
  run: (_values, context) => confirm(context),
});
