/** Owns the ipvsadm front end: one call, from its words to its exit status. */

import { type KernelInfo, type ListingPort, KernelFault } from '../../apply/port.ts';
import { systemErrorText } from '../failure.ts';
import { writeNote, writePieces } from '../output.ts';
import { type Answer, misused, printed } from './answer.ts';
import { type Session, carryOut, faultMessage } from './carry-out.ts';
import { type Evaluation, type EvaluationOptions, evaluate, helpAdvice } from './evaluate.ts';
import { type Surroundings, ownSurroundings } from './surroundings.ts';

/** What a shell tells of a program that SIGPIPE ended: standard output had no reader any more. */
const brokenPipe = 141;

/** Writes what an answer says and returns its status, or another one if nobody can read the result. */
async function deliver(
  { status, output, complaint }: Answer,
  program: string,
  surroundings: Surroundings,
): Promise<number> {
  if (complaint !== undefined) await writeNote(surroundings.stderr, `${complaint}\n`);
  if (output === undefined) return status;
  try {
    await writePieces(surroundings.stdout, output);
    return status;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return brokenPipe;
    await writeNote(surroundings.stderr, `${program}: can't write to standard output: ${systemErrorText(error)}\n`);
    return 1;
  }
}

/** The two texts that need no kernel; they also end `-R`. */
async function answerWithoutKernel(evaluation: Evaluation, program: string): Promise<Answer | undefined> {
  if (!('command' in evaluation)) return undefined;
  const { kind } = evaluation.command;
  if (kind !== 'help' && kind !== 'version') return undefined;
  const { helpText, versionText } = await import('../../render/ipvsadm/help.ts');
  return { ...printed(kind === 'help' ? helpText(program) : versionText), goesOn: false };
}

async function answerWithKernel(evaluation: Evaluation, session: Session): Promise<Answer> {
  return 'failure' in evaluation ? evaluation.failure : carryOut(session, evaluation.command);
}

/** `-R`: carries each line out as soon as it was read. The status is that of the last one. */
async function restore(session: Session, options: EvaluationOptions): Promise<number> {
  const { surroundings } = session;
  const { streamWords } = await import('./stream-words.ts');
  let status = 0;
  for await (const words of streamWords(surroundings.stdin)) {
    const evaluation = await evaluate(words, options);
    const nested = 'command' in evaluation && evaluation.command.kind === 'restore';
    const answer = nested
      ? helpAdvice(options.program)
      : ((await answerWithoutKernel(evaluation, options.program)) ?? (await answerWithKernel(evaluation, session)));
    status = await deliver(answer, options.program, surroundings);
    if (!answer.goesOn) break;
  }
  return status;
}

/** The oldest IPVS that ipvsadm 1.31 does not warn of. */
const oldest = [1, 1, 4] as const;

/** What is said in front of everything else where the kernel's IPVS is older; nothing follows from it. */
function versionWarning({ version }: KernelInfo): string | undefined {
  const parts = version.split('.').map(Number);
  const differing = oldest.findIndex((part, index) => part !== parts[index]);
  if (differing === -1 || (parts[differing] ?? 0) > (oldest[differing] ?? 0)) return undefined;
  return `Warning: IPVS version mismatch: \n  Kernel compiled with IPVS version ${version}
  ipvsadm v1.31  requires minimum IPVS version ${oldest.join('.')}\n\n`;
}

/** What ipvsadm says of a kernel that can't be used; it asks about the module only where that may be what is missing. */
function initialComplaint(fault: KernelFault): string {
  const why = `Can't initialize ipvs: ${faultMessage(fault)}`;
  const isForeign = fault.kind !== 'unavailable' && fault.kind !== 'denied';
  return isForeign ? why : `${why}\nAre you sure that IP Virtual Server is built in the kernel or as module?`;
}

/** A call that has to talk to the kernel. Even a wrong one finds out first whether there is IPVS. */
async function withKernel(
  evaluation: Evaluation,
  options: EvaluationOptions,
  surroundings: Surroundings,
): Promise<number> {
  let kernel: ListingPort | undefined;
  try {
    kernel = await surroundings.openKernel();
    const info = await kernel.info();
    const warning = versionWarning(info);
    if (warning !== undefined) await writeNote(surroundings.stderr, warning);
    const session: Session = { kernel, info, surroundings };
    if ('command' in evaluation && evaluation.command.kind === 'restore') return await restore(session, options);
    return await deliver(await answerWithKernel(evaluation, session), options.program, surroundings);
  } catch (error) {
    if (!(error instanceof KernelFault)) throw error;
    return await deliver(misused(initialComplaint(error)), options.program, surroundings);
  } finally {
    kernel?.close();
  }
}

/**
 * Answers one call of ipvsadm as version 1.31 does, but for what differences.ts lists. `program` is the name by which
 * it was called; the number is the exit status.
 */
export async function runClassic(
  program: string,
  words: readonly string[],
  surroundings: Surroundings = ownSurroundings(),
): Promise<number> {
  const { env, names } = surroundings;
  const posixlyCorrect = 'POSIXLY_CORRECT' in env || 'POSIX_ME_HARDER' in env;
  const options = { program, lookups: names, posixlyCorrect };
  const evaluation = await evaluate(words, options);
  const answer = await answerWithoutKernel(evaluation, program);
  return answer === undefined ? withKernel(evaluation, options, surroundings) : deliver(answer, program, surroundings);
}
