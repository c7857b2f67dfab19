/** Owns what is said about a run that did not do what was asked: its result as diagnostics. */

import { type Details, type Diagnostic, type DiagnosticDefinition, problemsOf } from '../../grammar/text/diagnostic.ts';
import type { Refusal } from '../model/errno.ts';
import { type ServiceId, serviceId } from '../model/service.ts';
import { type Change, originOf, subjectOf, subjectText } from '../plan/change.ts';
import { shortFingerprint } from '../plan/fingerprint.ts';
import { errnoText, operationText, provesInterference } from './refusal.ts';
import type { Cause, Failure, Interference, Result } from './result.ts';

interface Subject {
  readonly subject: string;
}

interface Message {
  readonly message: string;
}

/** Every sentence about a run. */
export const applyProblems = {
  'kernel-refused': {
    severity: 'error',
    message: ({ operation, errno }: { readonly operation: string; readonly errno: string }) =>
      `the kernel refused to ${operation}: ${errno}`,
    explanation:
      "The operation did not happen. The error number is the kernel's; the words are what it can mean there.",
  },
  'concurrent-change': {
    severity: 'error',
    message: ({ subject }: Subject) => `${subject} was changed by another program during the run`,
    explanation:
      'Another program writes to the same table (keepalived, ipvsadm, kube-proxy). What it did to things that this run did not touch was left alone. Stop it, or let the source own only what it declares.',
  },
  'change-overwritten': {
    severity: 'error',
    message: ({ subject }: Subject) =>
      `${subject} was changed by another program during the run, and has been put back to what it was before`,
    explanation:
      'The run had written to the same thing before, so undoing it replaced what the other program had set there.',
  },
  'not-as-desired': {
    severity: 'error',
    message: ({ subject }: Subject) => `${subject} reads back different from what was written`,
    explanation:
      'Either another program changed it between the last write and the verification, or this kernel is too old for an attribute and ignored it (tunnel types need Linux 5.2 and 5.3).',
  },
  'rehearsed-differently': {
    severity: 'error',
    message: ({ subject }: Subject) => `this kernel takes ${subject}, but makes something else of it`,
    explanation:
      'In the rehearsal it read back different from what was written: the kernel is too old for one of its attributes and ignores it (tunnel types need Linux 5.2 and 5.3). Nothing live was touched.',
  },
  'live-moved': {
    severity: 'error',
    message: ({ subject }: Subject) => `${subject} was changed by another program after the plan was made`,
    explanation: 'Nothing was written. Make a new plan.',
  },
  'plan-stale': {
    severity: 'error',
    message: ({ fingerprint }: { readonly fingerprint: string }) =>
      `the live table has fingerprint ${fingerprint}, which is not the one that the plan was made for`,
    explanation: 'A saved plan runs on exactly the configuration that it was made for. Nothing was written.',
  },
  'run-failed': {
    severity: 'error',
    message: ({ message }: Message) => message,
    explanation: 'What was needed for the run could not be done.',
  },
  'journal-left-open': {
    severity: 'warning',
    message: ({ message }: Message) => `the journal of this run could not be closed: ${message}`,
    explanation:
      'The table is as this run says. The next run settles the journal of a table that is in the history; behind a run that was rolled back, "ipvstx recover" does, and changes nothing.',
  },
  'check-failed': {
    severity: 'error',
    message: ({ message }: Message) => `the check command says that the new table does not work: ${message}`,
    explanation: 'The command given with --check-command did not end with 0 in time.',
  },
  'not-confirmed': {
    severity: 'error',
    message: () => 'nobody confirmed the new table in time',
    explanation: 'A run with --confirm-within is kept only if "ipvstx confirm" is called before the deadline.',
  },
  'residue-left': {
    severity: 'error',
    message: ({ subject }: Subject) => `${subject} could not be put back to what it was`,
    explanation: 'The rollback is incomplete. Everything that differs from the table before the run is listed.',
  },
  'residue-unknown': {
    severity: 'error',
    message: () => "the table can't be read, so it is not known what is left of the run",
    explanation: 'The rollback could neither be completed nor verified.',
  },
} as const satisfies Record<string, DiagnosticDefinition>;

const problem = problemsOf(applyProblems);

/** All that there is to say about a result; empty if all went well. */
export function diagnosticsOf(result: Result): readonly Diagnostic[] {
  const { unclosed } = result;
  return [...endProblems(result), ...(unclosed === undefined ? [] : [problem('journal-left-open', unclosed)])];
}

function endProblems(result: Result): readonly Diagnostic[] {
  switch (result.kind) {
    case 'unchanged':
    case 'planned':
    case 'declined':
    case 'applied':
      return [];
    case 'unavailable':
    case 'failed':
      return [failureProblem(result.failure)];
    case 'invalid':
      return [...refusalProblems(result.refusals), ...aboutEach('rehearsed-differently', result.differences)];
    case 'stale':
      if (result.differences.length > 0) return aboutEach('live-moved', result.differences);
      return [problem('plan-stale', { fingerprint: shortFingerprint(result.plan.basis) })];
    case 'guarded':
      return result.problems;
    case 'rolled-back':
    case 'unconfirmed':
      return [...causeProblems(result.cause, result), ...interferenceProblems(result)];
    case 'stranded': {
      const residue = result.residue && aboutEach('residue-left', result.residue);
      const left = residue ?? [problem('residue-unknown', undefined)];
      const reasons = refusalProblems(result.refusals);
      return [...causeProblems(result.cause, result), ...interferenceProblems(result), ...reasons, ...left];
    }
  }
}

/** A difference that another program is blamed for needs no second word. */
function causeProblems(cause: Cause, { foreign, overwritten }: Interference): readonly Diagnostic[] {
  switch (cause.kind) {
    case 'refused':
      return refusalProblems(cause.refusals);
    case 'mismatch':
      return aboutEach('not-as-desired', without(cause.differences, [...foreign, ...overwritten]));
    case 'failed':
      return [failureProblem(cause.failure)];
    case 'check-failed':
      return [problem('check-failed', cause)];
    case 'unconfirmed':
      return [problem('not-confirmed', undefined)];
    case 'crashed':
      return [];
  }
}

function without(changes: readonly Change[], told: readonly Change[]): readonly Change[] {
  const subjects = new Set(told.map((change) => subjectText(subjectOf(change))));
  return changes.filter((change) => !subjects.has(subjectText(subjectOf(change))));
}

function interferenceProblems({ foreign, overwritten }: Interference): readonly Diagnostic[] {
  return [...aboutEach('concurrent-change', foreign), ...aboutEach('change-overwritten', overwritten)];
}

type AboutSubject =
  | 'rehearsed-differently'
  | 'concurrent-change'
  | 'change-overwritten'
  | 'not-as-desired'
  | 'live-moved'
  | 'residue-left';

function aboutEach(code: AboutSubject, changes: readonly Change[]): readonly Diagnostic[] {
  return changes.map((change) => problem(code, { subject: subjectText(subjectOf(change)) }, detailsOf(change)));
}

/** The line that asked for it, as far as a source is behind the change. */
function detailsOf(change: Change): Details {
  const origin = originOf(change);
  return origin === undefined ? {} : { span: origin };
}

function failureProblem({ kind, message }: Failure): Diagnostic {
  return problem('run-failed', { message: kind === 'interrupted' ? `${message} stopped the run` : message });
}

/** What could not be added to a service that was itself refused needs no word of its own. */
function refusalProblems(refusals: readonly Refusal[]): readonly Diagnostic[] {
  const missing = new Set<ServiceId>();
  for (const { operation } of refusals) if (operation.kind === 'new-service') missing.add(serviceId(operation.service));
  return refusals
    .filter(({ operation }) => operation.kind !== 'new-destination' || !missing.has(serviceId(operation.service)))
    .map(refusalProblem);
}

function refusalProblem(refusal: Refusal): Diagnostic {
  const { origin } = refusal.operation;
  const parts = { operation: operationText(refusal.operation), errno: errnoText(refusal) };
  return problem('kernel-refused', parts, {
    ...(origin === undefined ? {} : { span: origin }),
    ...(provesInterference(refusal) ? { suggestion: 'find the other program that writes to this table' } : {}),
  });
}
