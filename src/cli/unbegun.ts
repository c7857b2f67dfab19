/** Owns the words for a run that was not begun because of another one. */

import type { JournalHeader } from '../store/journal.ts';
import type { Busy } from '../store/lock.ts';
import { Failure } from './failure.ts';

/** Somebody else holds the lock. */
export function busyFailure({ holder }: Busy): Failure {
  const who = holder && `process ${holder.pid} ("${holder.command}", since ${holder.since})`;
  return new Failure(
    'busy',
    `another run is writing to this table: ${who ?? 'it has not said which'}; nothing was changed`,
    'wait for it with --lock-timeout',
  );
}

/** A transaction is not settled: its process is gone. */
export function pendingFailure({ pid, command, begun }: JournalHeader): Failure {
  return new Failure(
    'busy',
    `a transaction was left unfinished by process ${pid} ("${command}", begun ${begun}); nothing was changed`,
    'go back to the table before it with "ipvstx recover", or finish it with "ipvstx recover --forward"',
  );
}

/** A saved plan that is not for this table any more. */
export function unusableFailure(reason: string): Failure {
  return new Failure('stale', `${reason}; nothing was changed`, 'make a new plan');
}
