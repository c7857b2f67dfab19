/** Owns how ipvsadm prints timeouts and daemons (ipvsadm reference, 3.6). */

import { type Daemon, daemonRoles } from '../../model/daemon.ts';
import type { Table } from '../../model/table.ts';
import { type Timeouts, timeoutNames } from '../../model/timeouts.ts';

/** `-L --timeout`. A timeout that this kernel does not have reads as 0. */
export function renderTimeouts(timeouts: Timeouts): string {
  return `Timeout (tcp tcpfin udp): ${timeoutNames.map((name) => timeouts[name] ?? 0).join(' ')}\n`;
}

function daemonLine({ role, settings }: Daemon): string {
  const { interface: device, syncId, maxLength, group, port, ttl } = settings;
  const parts = [`mcast=${device}`, `syncid=${syncId}`];
  if (maxLength !== undefined) parts.push(`maxlen=${maxLength}`);
  if (group !== undefined) parts.push(`group=${group}`);
  if (port !== undefined) parts.push(`port=${port}`);
  if (ttl !== undefined) parts.push(`ttl=${ttl}`);
  return `${role} sync daemon (${parts.join(', ')})\n`;
}

/** `-L --daemon`: a line a running daemon, the master's first; empty if none runs. */
export function renderDaemons(daemons: Table['daemons']): string {
  return daemonRoles
    .map((role) => daemons[role])
    .map((daemon) => (daemon === undefined || daemon === 'stopped' ? '' : daemonLine(daemon)))
    .join('');
}
