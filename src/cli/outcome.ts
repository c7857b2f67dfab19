/** Owns what the end of a transaction means to the caller: its exit status and the sentence that closes the report. */

import { diagnosticsOf } from '../apply/problems.ts';
import type { Result, ResultKind } from '../apply/result.ts';
import { jsonDiagnostic } from '../render/diagnostics-json.ts';
import { type ExitStatus, exitCode } from './exit.ts';
import type { PlanSummary } from '../plan/summary.ts';
import type { Context } from './context.ts';
import { Failure } from './failure.ts';
import { kernelFailure } from './kernel.ts';

interface Ending {
  readonly status: ExitStatus;
  /** Without a full stop. */
  readonly sentence: string;
}

/** Every way in which a transaction ends. */
const endings: Readonly<Record<ResultKind, Ending>> = {
  unchanged: { status: 'done', sentence: 'nothing to do: the table is as desired' },
  planned: { status: 'done', sentence: 'dry run: nothing was changed' },
  declined: { status: 'error', sentence: 'not applied: nothing was changed' },
  applied: { status: 'done', sentence: 'applied and verified' },
  unavailable: { status: 'unavailable', sentence: 'nothing was changed' },
  failed: { status: 'error', sentence: 'nothing was changed' },
  invalid: { status: 'invalid', sentence: 'the kernel refuses this table; nothing was changed' },
  stale: { status: 'stale', sentence: 'the table is not the one that the plan was made for; nothing was changed' },
  guarded: { status: 'refused', sentence: 'refused by a guard; nothing was changed' },
  'rolled-back': {
    status: 'rolled-back',
    sentence: 'failed; everything that this run did was rolled back, and that is verified',
  },
  unconfirmed: {
    status: 'unconfirmed',
    sentence: 'not confirmed; everything that this run did was rolled back, and that is verified',
  },
  stranded: { status: 'residue', sentence: 'failed, and the rollback is incomplete: see what could not be put back' },
};

function summaryJson({ add, change, remove, worst, kernelCalls }: PlanSummary): object {
  return { add, change, remove, worst, kernel_calls: kernelCalls };
}

/** The report of a transaction as data: how it ended, its numbers, and all that there is to say about it. */
function outcomeJson(result: Result): object {
  const summary = 'plan' in result ? { summary: summaryJson(result.plan.summary) } : {};
  return {
    format_version: 1,
    result: result.kind,
    exit_code: exitCode(endings[result.kind].status),
    ...summary,
    diagnostics: diagnosticsOf(result).map(jsonDiagnostic),
  };
}

function countsText({ add, change, remove }: PlanSummary): string {
  return `${add} added, ${change} changed, ${remove} removed`;
}

/** Says how a transaction ended; its exit status. */
export async function reportOutcome(result: Result, context: Context): Promise<ExitStatus> {
  if (result.kind === 'unavailable') throw kernelFailure(result.failure);
  const { status, sentence } = endings[result.kind];
  await context.report(diagnosticsOf(result));
  await context.note(`${sentence}${result.kind === 'applied' ? `: ${countsText(result.plan.summary)}` : ''}\n`);
  if (!context.options.json) return status;
  try {
    await context.print(`${JSON.stringify(outcomeJson(result), undefined, 2)}\n`);
  } catch (error) {
    // Exit code 1 means that nothing was changed: once something was, the transaction's own code is the true one.
    const wrote = result.kind === 'applied' || 'cause' in result;
    if (!wrote || !(error instanceof Failure)) throw error;
    await context.note(`${error.message}\n`);
  }
  return status;
}
