/** Owns the program's first decision: it finds out who shall answer and loads nothing else. */

import { basename } from 'node:path';
import { isInner } from './inner-words.ts';

/** Answers a call; `program` is the path by which the program was started, and the number its exit status. */
export async function main(program: string, words: readonly string[]): Promise<number> {
  // A copy of the executable may have any name, also where it starts itself.
  const name = isInner(words) ? 'ipvstx' : basename(program);
  const called = name === 'ipvsadm' || name === 'ipvsadm-save' || name === 'ipvsadm-restore';
  // Scripts start ipvsadm again and again, so it is found before anything else is loaded.
  if (name === 'ipvsadm' || (!called && words[0] === 'ipvsadm')) {
    const { runClassic } = await import('./classic/main.ts');
    return runClassic('ipvsadm', called ? words : words.slice(1));
  }
  const { dispatch } = await import('./dispatch.ts');
  return dispatch(name, words);
}
