#!/usr/bin/env node
/** Owns the program's entry: it finds out who shall answer and loads nothing else. */

import { basename } from 'node:path';

/** Scripts start ipvsadm again and again, so it is found before anything else is loaded. */
async function main(program: string, words: readonly string[]): Promise<number> {
  const name = basename(program);
  const called = name === 'ipvsadm' || name === 'ipvsadm-save' || name === 'ipvsadm-restore';
  if (name === 'ipvsadm' || (!called && words[0] === 'ipvsadm')) {
    const { runClassic } = await import('./classic/main.ts');
    return runClassic('ipvsadm', called ? words : words.slice(1));
  }
  const { dispatch } = await import('./dispatch.ts');
  return dispatch(name, words);
}

// `process` is not imported, which would open the standard streams.
// Not process.exit(): what was written to a pipe must get there first.
process.exitCode = await main(process.argv[1] ?? '', process.argv.slice(2));
