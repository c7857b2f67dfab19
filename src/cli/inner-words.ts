/** Owns the words by which the program starts itself; nobody else says them. */

import process from 'node:process';

/** Holds a port in the namespace of a rehearsal. */
export const rehearsalWord = 'internal-rehearsal';

/** Watches a run that waits for its confirmation, and rolls back what it leaves. */
export const guardianWord = 'internal-guardian';

/** The words that start this very program: Node.js with its file, or the executable that is both. */
function ownProgram(): readonly string[] {
  const { execPath, execArgv, argv } = process;
  const [, script = execPath] = argv;
  return script === execPath ? [execPath] : [execPath, ...execArgv, script];
}

/** The command line that starts this very program with words of its own. */
export function ownCommandLine(...words: readonly string[]): readonly string[] {
  return [...ownProgram(), ...words];
}

/** Whether a command line is one of those, by whatever name the program was started. */
export function isInner([word]: readonly string[]): boolean {
  return word === rehearsalWord || word === guardianWord;
}
