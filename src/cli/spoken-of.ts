/** Owns the comparison of a kernel's table with a file that does not speak of everything. */

import { type DaemonRole, daemonRoles } from '../model/daemon.ts';
import type { DaemonState, Table } from '../model/table.ts';

/** The part of an object that another one of its kind speaks of. */
function spokenOf<Part extends object>(part: Part, other: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([name]) => name in other)) as Part;
}

/**
 * A kernel has timeouts and daemons, and these have settings, whether or not anybody spoke of them: what `file` does not
 * mention is no difference to it.
 */
export function asFarAsSpokenOf(live: Table, file: Table): Table {
  const daemons: Partial<Record<DaemonRole, DaemonState>> = {};
  for (const role of daemonRoles) {
    const [runs, wanted] = [live.daemons[role], file.daemons[role]];
    if (runs === undefined || wanted === undefined) continue;
    const comparable = runs !== 'stopped' && wanted !== 'stopped';
    daemons[role] = comparable ? { role, settings: spokenOf(runs.settings, wanted.settings) } : runs;
  }
  return { ...live, timeouts: spokenOf(live.timeouts, file.timeouts), daemons };
}
