/** Owns who answers a command line that is not one of ipvsadm itself. */

import process from 'node:process';
import { ownHost } from './host.ts';
import { guardianWord, rehearsalWord } from './inner-words.ts';
import { printVersion } from './version.ts';

/** The oldest Node.js that the program is tested on. */
const oldestNode = 20;

/** Answers with an exit code; `name` is that of the file under which the program was started. */
export async function dispatch(name: string, words: readonly string[]): Promise<number> {
  const [first = ''] = words;
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    process.stderr.write(`ipvstx: needs Node.js ${oldestNode} or later, this is ${process.version}\n`);
    return 1;
  }
  if (name === 'ipvsadm-save' || name === 'ipvsadm-restore') {
    const { runFront } = await import('./classic/fronts.ts');
    return runFront(name, words, ownHost());
  }
  if (first === rehearsalWord) {
    const { serveRehearsal } = await import('../kernel/rehearsal.ts');
    await serveRehearsal();
    return 0;
  }
  if (first === guardianWord) {
    const { runGuardian } = await import('./guardian.ts');
    await runGuardian(words[1] ?? '');
    return 0;
  }
  if (words.length === 1 && (first === 'version' || first === '--version')) return printVersion(ownHost().stdout);
  const { runModern } = await import('./modern.ts');
  return runModern(words, ownHost());
}
