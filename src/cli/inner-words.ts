/** Owns the words by which the program starts itself; nobody else says them. */

import process from 'node:process';

/** Holds a port in the namespace of a rehearsal. */
export const rehearsalWord = 'internal-rehearsal';

/** Watches a run that waits for its confirmation, and rolls back what it leaves. */
export const guardianWord = 'internal-guardian';

/** The command line that starts this very program with words of its own. */
export function ownCommandLine(...words: readonly string[]): readonly string[] {
  return [process.execPath, process.argv[1] ?? '', ...words];
}
