/** Owns the end of a transaction whose process is gone: back to the table before it, or forward to the one behind it. */

import type { KernelPort } from '../apply/port.ts';
import type { Result } from '../apply/result.ts';
import { type Transaction, runTransaction, undoTransaction } from '../apply/run.ts';
import type { DaemonRole } from '../model/daemon.ts';
import { type ServiceId, serviceId } from '../model/service.ts';
import type { DaemonState, Table } from '../model/table.ts';
import type { Timeouts } from '../model/timeouts.ts';
import { subjectOf } from '../plan/change.ts';
import { diffTables } from '../plan/diff.ts';
import type { Scope } from '../plan/plan.ts';
import type { Hold } from './hold.ts';
import { type Pending, settleJournal } from './journal.ts';
import { keepUnchanged, keepingStages } from './keeping.ts';
import { sha256 } from './sha256.ts';

/** How a pending transaction is to end. */
export interface RecoverOptions extends Pick<Transaction, 'observe'> {
  readonly port: KernelPort;
  /** Finish it instead of undoing it. */
  readonly forward?: boolean;
  readonly user: string;
}

/**
 * Ends a pending transaction. Back: `rolled-back`, or `stranded`. Forward: `applied` or `unchanged`, or whatever kept it
 * from that. The journal is closed exactly if the table is the old or the new one.
 */
export async function recover(hold: Hold, pending: Pending, options: RecoverOptions): Promise<Result> {
  const { before, after, header } = pending;
  const { port, forward = false, user } = options;
  const observe = options.observe === undefined ? {} : { observe: options.observe };
  const run = { port, digest: sha256, limits: { allowEmpty: true }, ...observe };
  if (!forward) {
    const { close } = keepingStages(hold, { desired: before, source: header.source, user });
    return undoTransaction(before, { ...run, desired: after, owns: 'all', stages: { close } });
  }
  const provenance = { desired: after, source: header.source, user };
  const { commit } = keepingStages(hold, provenance, header.id);
  const result = await runTransaction({ ...run, ...wayForward(pending), stages: { commit } });
  // All of it was written, and its end was missing: the table is one of the history all the same.
  if (result.kind === 'unchanged') await keepUnchanged(hold, provenance, result.plan);
  if (result.kind === 'applied' || result.kind === 'unchanged') await settleJournal(hold.directory, 'recovered');
  return result;
}

/** Only what the transaction was about: whatever else happened to the table since is left alone. */
function wayForward({ before, after }: Pending): Scope & { readonly desired: Table } {
  const services = new Set<ServiceId>();
  const daemons: Partial<Record<DaemonRole, DaemonState>> = {};
  let timeouts: Timeouts = {};
  for (const change of diffTables(before, after)) {
    const subject = subjectOf(change);
    if ('service' in subject) services.add(serviceId(subject.service));
    else if (subject.kind === 'daemon') daemons[subject.role] = after.daemons[subject.role] ?? 'stopped';
    else timeouts = after.timeouts;
  }
  const some = (table: Table): Table => ({
    services: new Map([...table.services].filter(([id]) => services.has(id))),
    timeouts,
    daemons,
  });
  return { owns: 'declared', desired: some(after), formerly: some(before) };
}
