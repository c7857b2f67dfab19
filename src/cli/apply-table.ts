/** Owns a transaction as a command runs it: with a plan to look at, a question, signals and a report. */

import type { Effect, Event } from '../apply/effect.ts';
import type { KernelPort } from '../apply/port.ts';
import { StorageFault } from '../apply/result.ts';
import { type Stage, type Transaction, runTransaction } from '../apply/run.ts';
import type { Table } from '../model/table.ts';
import type { Limits } from '../plan/analyze/guards.ts';
import type { Fingerprint } from '../plan/fingerprint.ts';
import type { Plan } from '../plan/plan.ts';
import { renderPlanText } from '../render/plan-text.ts';
import { gitStateOf } from '../store/git-state.ts';
import { type KeptResult, type KeptRun, runKept, systemClock } from '../store/kept-run.ts';
import type { SavedPlan } from '../store/plan-file.ts';
import type { Context } from './context.ts';
import { sha256 } from '../store/sha256.ts';
import type { ExitStatus } from './exit.ts';
import { Failure } from './failure.ts';
import { guardianCommandLine, presentUser } from './guardian.ts';
import { ownCommandLine, rehearsalWord } from './inner-words.ts';
import type { Keeping } from './keeping-options.ts';
import { kernelName } from './kernel-name.ts';
import { withKernel } from './kernel.ts';
import { reportOutcome } from './outcome.ts';
import { writeNote } from './output.ts';
import { commandLineFor } from './next-command.ts';
import { drainOf } from './scope-options.ts';
import { showProgress } from './progress.ts';
import { hearSignals } from './signals.ts';
import { stateOf } from './state-place.ts';
import { sysctlsOf } from './sysctls-of.ts';
import { confirm } from './terminal.ts';
import { busyFailure, pendingFailure, unusableFailure } from './unbegun.ts';

/** What a transaction is asked for. */
export interface ApplyRequest {
  readonly desired: Table;
  /** What people know the desired table by. */
  readonly source: string;
  readonly limits: Limits;
  /** How this run is called, for the history and for those who meet its lock: `apply site.rules`. */
  readonly command: string;
  /** The file that `desired` is from: git may know more about it. */
  readonly file?: string;
  /** The saved plan that `desired` is from. */
  readonly plan?: SavedPlan;
  readonly keeping?: Keeping;
  /** The fingerprint of the live table that `desired` was made from, if it was: the run writes to no other. */
  readonly basis?: Fingerprint;
  /** Seconds to drain what is removed and does not say so itself. */
  readonly drain?: number;
  /** As of a kept run: what the history gets in place of `desired`. */
  readonly record?: KeptRun['record'];
  /** Plan, and stop before the first write. */
  readonly dryRun?: boolean;
  /** Whether the plan is shown first, and whether somebody has to agree to it. */
  readonly approval?: 'show' | 'ask';
}

/** The stage that tries the plan on an empty table of the same kernel; a memory kernel has no other one. */
async function rehearsal({ keeping, dryRun }: ApplyRequest, context: Context): Promise<{ readonly rehearse?: Stage }> {
  if (keeping?.rehearse === false || dryRun === true || context.options.kernel?.kind === 'memory') return {};
  const { rehearsalStage } = await import('../kernel/rehearsal.ts');
  const note = (text: string) => context.note(`${text}\n`);
  const stage = rehearsalStage(ownCommandLine(rehearsalWord), note);
  if (keeping?.rehearse !== 'unless-empty') return { rehearse: stage };
  return { rehearse: async (plan) => (plan.observed.table.services.size === 0 ? { kind: 'done' } : stage(plan)) };
}

/** Runs it under the lock and with a journal, if it writes to a table that outlives this process. */
async function run(request: ApplyRequest, transaction: Transaction, context: Context): Promise<KeptResult> {
  // Without the permission, or without IPVS, it is no use to look at state or to make a directory for it.
  await transaction.port.info();
  const state = request.dryRun === true ? undefined : await stateOf(context);
  if (state === undefined) return runTransaction({ clock: systemClock, ...transaction });
  const { command, source, file, plan, record, keeping = {} } = request;
  const git = file === undefined ? plan?.git : await gitStateOf(file);
  const { lockTimeout, confirmWithin, check, recoverFirst = false } = keeping;
  const { kernel } = context.options;
  const guardian = guardianCommandLine(state, kernel?.kind === 'memory' ? kernel.file : undefined);
  return runKept({
    ...state,
    command,
    transaction,
    recoverFirst,
    provenance: { source, user: presentUser(), ...(git === undefined ? {} : { git }) },
    ...(lockTimeout === undefined ? {} : { lockTimeout: lockTimeout / 1000 }),
    ...(plan === undefined ? {} : { plan }),
    ...(record === undefined ? {} : { record }),
    ...(check === undefined ? {} : { check }),
    ...(confirmWithin === undefined ? {} : { confirm: { timeout: confirmWithin, guardian } }),
  });
}

/** Says how a run ended, or why it was not begun. */
async function report(result: KeptResult, context: Context): Promise<ExitStatus> {
  if (result.kind === 'busy') throw busyFailure(result);
  if (result.kind === 'pending') throw pendingFailure(result.header);
  if (result.kind === 'unusable') throw unusableFailure(result.reason);
  return reportOutcome(result, context);
}

/** Makes the kernel match a table, or leaves it as it was; says which. */
export async function applyTable(request: ApplyRequest, context: Context): Promise<ExitStatus> {
  const { desired, source, limits, basis, dryRun, approval, keeping } = request;
  const names = { live: await kernelName(context.options), source };
  const planText = (plan: Plan) => renderPlanText(plan, names, context.layout);
  const signals = hearSignals();
  const progress = showProgress(context);

  async function approve(plan: Plan): Promise<Event> {
    // Whoever is asked sees what, also with --quiet.
    if (approval === 'ask') await writeNote(context.host.stderr, `${planText(plan)}\n`);
    else await context.note(`${planText(plan)}\n`);
    const agreed = approval === 'show' || (await confirm(context.host, 'Apply this plan?', signals.aborted));
    return { kind: agreed ? 'done' : 'declined' };
  }

  function observe(effect: Effect): void {
    progress(effect);
    if (effect.kind !== 'confirm' || keeping?.confirmWithin === undefined) return;
    const seconds = keeping.confirmWithin / 1000;
    const words = commandLineFor(['confirm'], context);
    void context.note(`applied and verified; rolled back in ${seconds} s unless somebody says: ${words}\n`);
  }

  const transact = async (port: KernelPort): Promise<KeptResult> => {
    // Who may not use IPVS learns that first, and not that the state directory is somebody else's.
    await port.info();
    const stages = {
      ...(await rehearsal(request, context)),
      ...(approval === undefined ? {} : { approve }),
    };
    const asked = {
      sysctls: await sysctlsOf(context),
      ...(basis === undefined ? {} : { basis }),
      ...drainOf(request),
      ...(dryRun === undefined ? {} : { dryRun }),
    };
    const { received: interruption } = signals;
    return run(request, { port, desired, limits, ...asked, digest: sha256, stages, observe, interruption }, context);
  };

  try {
    const result = await withKernel(context, transact);
    if (result.kind === 'planned' && !context.options.json) await context.print(planText(result.plan));
    if (result.kind === 'guarded') await context.note(`${planText(result.plan)}\n`);
    return await report(result, context);
  } catch (error) {
    // State that can't be kept is found before the first write.
    if (!(error instanceof StorageFault)) throw error;
    throw new Failure('error', `${error.message}; nothing was changed`, undefined, { cause: error });
  } finally {
    signals.release();
  }
}
