/** Owns the end of a run: one exit code, and why, whatever happened in between. */

import { KernelFault } from '../apply/port.ts';
import { exitCode } from './exit.ts';
import { Failure } from './failure.ts';
import type { Host } from './host.ts';
import { kernelFailure } from './kernel.ts';
import { writeFailure, writeNote } from './output.ts';

/** Says why a run ended early. Anything but a failure is a bug of ours, and its stack is what a report needs. */
async function sayWhy(error: unknown, { stderr }: Host): Promise<number> {
  const failure = error instanceof KernelFault ? kernelFailure(error) : error;
  if (failure instanceof Failure) {
    await writeFailure(stderr, failure);
    return exitCode(failure.status);
  }
  const stack = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  await writeNote(stderr, `ipvstx: internal error; please report it with these lines\n${stack}\n`);
  return exitCode('error');
}

/** Does the work and says what went wrong; never rejects. The number is the exit code. */
export async function conclude(work: () => Promise<number>, host: Host): Promise<number> {
  try {
    return await work();
  } catch (error) {
    return sayWhy(error, host);
  }
}
