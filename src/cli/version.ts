/** Owns the program's version, which package.json states, and its answer to `ipvstx version`. */

import manifest from '../../package.json' with { type: 'json' };
import { exitCode } from './exit.ts';
import { type Output, writeAll } from './output.ts';

/** As npm counts: major.minor.patch. */
export const { version } = manifest;

/** Answers without the parser of command lines, since scripts ask often. */
export async function printVersion(stdout: Output): Promise<number> {
  try {
    await writeAll(stdout, `ipvstx ${version}\n`);
    return exitCode('done');
  } catch {
    return exitCode('error');
  }
}
